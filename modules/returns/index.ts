export { putBack, type BackGoods } from './return/goods.store.ts'
export {
  givenOf,
  goneOf,
  takeBackSold,
  tookOf,
  type BackInput,
  type Desk,
  type SoldDocument,
  type Taken,
} from './return/return.store.ts'
