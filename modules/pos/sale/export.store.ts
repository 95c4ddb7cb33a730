import { decimalText } from '#kit/money.ts'
import { exportBeside } from '#kit/server/list/export.ts'
import { shownName } from '#kit/server/host/words.ts'
import { sale } from './sale.ts'

/** How each sale was paid: a column of what stayed with us for each way to pay that was ever used. */
export const saleBeside = exportBeside(sale, {
  async columns({ db }, { t, decimals }) {
    const methods = await db
      .selectFrom('paymentMethodName as m')
      .select(['m.id', 'm.name'])
      .where(({ exists, selectFrom }) => exists(selectFrom('posTender').select('id').whereRef('method', '=', 'm.id')))
      .orderBy('m.name')
      .execute()
    return methods.map(({ id, name }) => ({ name: shownName(t, 'method', name), of: id, type: 'money', decimals }))
  },
  async rows({ db }, ids, columns) {
    const tenders = await db
      .selectFrom('posTender')
      .select(['sale', 'method'])
      .select(({ fn }) => fn.sum<bigint>('amount').as('amount'))
      .where('sale', 'in', [...ids])
      .groupBy(['sale', 'method'])
      .execute()
    const bySale = Map.groupBy(tenders, (one) => one.sale)
    return new Map(
      ids.map((id) => {
        const own = bySale.get(id) ?? []
        const paid = columns.map(({ of, decimals = 0 }) => {
          const found = own.find((one) => one.method === of)
          return found ? decimalText(BigInt(found.amount), decimals, decimals) : ''
        })
        return [id, [paid]]
      }),
    )
  },
})
