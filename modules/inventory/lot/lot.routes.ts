import { crud, crudRoutes, viewRoutes } from '#kit/server/list/crud.ts'
import { routes } from '#kit/server/edge/http.ts'
import { lot } from './lot.ts'
import { lotList } from './lot-list.ts'
import { refuseElsewhere } from './lot.store.ts'

const RIGHT = 'inventory.stock.adjust'

export const lotRoutes = routes({
  ...crudRoutes(lot, crud(lot, { beforeChange: (tx, row) => refuseElsewhere(tx, RIGHT, [row.id]) }, { creatable: false })),
  ...viewRoutes(lotList),
})
