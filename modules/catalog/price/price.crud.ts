import { crud, crudRoutes } from '#kit/server/list/crud.ts'
import { onConstraint } from '#kit/server/door/command.ts'
import { routes } from '#kit/server/edge/http.ts'
import { tellsTills } from '../changed/changed.store.ts'
import { price, priceList, PriceProblem } from './price.ts'
import { judgeList } from './price.scope.store.ts'

onConstraint('catalog_price_list_check', () => PriceProblem.badPeriod())

export const priceListRoutes = routes(crudRoutes(priceList, crud(priceList, tellsTills)))
export const priceRoutes = routes(
  crudRoutes(
    price,
    crud(price, {
      ...tellsTills,
      beforeCreate: (tx, { priceList }) => judgeList(tx, priceList),
    }),
  ),
)
