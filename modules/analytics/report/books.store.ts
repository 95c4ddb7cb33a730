import { sql } from 'kysely'
import { sum } from '#kit/money.ts'
import { stockAsOf } from '#modules/inventory/index.ts'
import { accountSums } from '#modules/ledger/index.ts'
import type { Reader } from './sales.store.ts'

/** What has no account yet: what was earned and spent up to a day, before anybody has closed it into the equity. */
export const RESULT = 'result'

/** What goods are worth, and what the books say; by the name of the report. */
export const booksReaders: Readonly<Record<'stockValue' | 'profitAndLoss' | 'balanceSheet', Reader>> = {
  async stockValue(db, { to, places }) {
    const values = await stockAsOf(db, to, places)
    const { rows: articles } = await sql<{ id: string; name: string; unit: string | null }>`
      select id, name, unit from catalog_variant_fact where id = any(${values.map(({ variant }) => variant)}::uuid[])`.execute(db)
    const known = new Map(articles.map((one) => [one.id, one]))
    return values.map(({ variant, quantity, value }) => ({
      key: variant,
      name: known.get(variant)?.name ?? '',
      unit: known.get(variant)?.unit ?? null,
      figures: { quantity, value },
    }))
  },
  async profitAndLoss(db, asked) {
    const accounts = await accountSums(db, asked, asked.places)
    return accounts
      .filter(({ kind, debit, credit }) => isOfResult(kind) && (debit !== 0n || credit !== 0n))
      .map(({ id, code, name, kind, debit, credit }) => ({
        key: id,
        code,
        name,
        figures: {
          income: kind === 'income' ? credit - debit : null,
          expenses: kind === 'expense' ? debit - credit : null,
          result: credit - debit,
        },
      }))
  },
  async balanceSheet(db, asked) {
    const accounts = await accountSums(db, asked, asked.places)
    const standing = accounts
      .filter(({ kind, closing }) => !isOfResult(kind) && closing !== 0n)
      .map(({ id, code, name, kind, closing }) => ({
        key: id,
        code,
        name,
        figures: {
          assets: kind === 'asset' ? closing : null,
          liabilities: kind === 'liability' ? -closing : null,
          equity: kind === 'equity' ? -closing : null,
          balance: kind === 'asset' ? closing : -closing,
        },
      }))
    const result = -sum(accounts.filter(({ kind }) => isOfResult(kind)).map(({ closing }) => closing))
    if (result === 0n) return standing
    return [...standing, { key: RESULT, name: '', figures: { assets: null, liabilities: null, equity: result, balance: result } }]
  },
}

const isOfResult = (kind: string) => kind === 'income' || kind === 'expense'
