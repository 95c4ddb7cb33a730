export { heldRead, issue, receive, recordMoves, take, transfer, type Costing, type GoodsLine } from './stock/stock.store.ts'
export { endReservation, reserve } from './stock/reservation.store.ts'
export { addShopFloor, locationOf, locationPlace, startLocations } from './location/location.store.ts'
