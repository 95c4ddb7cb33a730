export { businessDayAt, loadPlace, loadPlaces, placeIds, type PlaceFacts } from './place/place.store.ts'
export { companyIn, companyRead, readCompany, theCompany } from './company.store.ts'
export { placeVerbs } from './place/place.crud.ts'
export { writingOf, type Writing } from './letterhead.store.ts'
