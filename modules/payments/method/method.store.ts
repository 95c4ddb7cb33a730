import { newId } from '#kit/id.ts'
import type { Translate } from '#kit/words.ts'
import type { Tx } from '#kit/server/door/context.ts'
import { insertRow } from '#kit/server/list/crud.ts'
import type { Db } from '#kit/server/data/db.ts'
import type { Read } from '#kit/server/data/read.ts'
import { general } from '#modules/ledger/account/chart.ts'
import { accountFor } from '#modules/ledger/index.ts'
import { paid } from './method.chart.ts'
import { method, type methodKinds } from './method.ts'

export interface MethodFacts {
  readonly id: string
  readonly name: string
  readonly kind: (typeof methodKinds)[number]
  readonly account: string | null
  readonly needsReference: boolean
}

export const loadMethods = async (db: Db): Promise<MethodFacts[]> =>
  (await db
    .selectFrom('paymentMethod')
    .select(['id', 'name', 'kind', 'account', 'needsReference'])
    .where('archivedAt', 'is', null)
    .orderBy('position')
    .execute()) as MethodFacts[]

/** The same as a part of what is read together. */
export const methodsRead: Read<MethodFacts> = {
  name: 'methods',
  text: `select id, name, kind, account, needs_reference as "needsReference" from payment_method where archived_at is null order by position`,
  values: [],
}

/** The ways to pay that a new company starts with. */
export async function startMethods(tx: Tx, country: string, t: Translate): Promise<void> {
  const wallet = country === 'KE' ? 'M-Pesa' : t('seed.method.mobile')
  const first: Omit<MethodFacts, 'id'>[] = [
    { name: t('seed.method.cash'), kind: 'cash', account: null, needsReference: false },
    { name: t('seed.method.card'), kind: 'card', account: await accountFor(tx, paid.cardTakings), needsReference: false },
    { name: wallet, kind: 'mobile', account: await accountFor(tx, paid.wallet), needsReference: true },
    { name: t('seed.method.bank'), kind: 'bank', account: await accountFor(tx, general.bank), needsReference: true },
    { name: t('seed.method.credit'), kind: 'credit', account: await accountFor(tx, paid.storeCredit), needsReference: false },
  ]
  for (const [position, one] of first.entries()) await insertRow(tx, method, { id: newId(), position, ...one })
}
