import { sql, type RawBuilder } from 'kysely'
import type { Db } from '#kit/server/data/db.ts'
import { sold } from '../daily/daily.store.ts'
import type { ReportName } from './report.ts'
import type { Figures, Found, Span } from './report.rules.ts'

/** What is read: days, and places or the whole company. */
export interface Asked extends Span {
  /** `null` is the whole company. */
  readonly places: readonly string[] | null
  /** How far its days are laid forward to stand beside those that it is held against: an interval of PostgreSQL. */
  readonly ahead: string
}

/** Finds the rows of a report; what of them has no name is named by `report.store.ts`. */
export type Reader = (db: Db, asked: Asked) => Promise<Found[]>

const ofSales = sql`sum(s.sales)::bigint as sales, sum(s.net)::bigint as net, sum(s.tax)::bigint as tax, sum(s.total)::bigint as total,
  sum(s.discount)::bigint as discount, sum(s.cost)::bigint as cost, sum(s.net - s.cost)::bigint as margin`
const ofLines = sql`sum(l.net)::bigint as net, sum(l.tax)::bigint as tax, sum(l.discount)::bigint as discount, sum(l.cost)::bigint as cost,
  sum(l.net - l.cost)::bigint as margin`

async function found(db: Db, statement: RawBuilder<unknown>): Promise<Found[]> {
  const { rows } = await (statement as RawBuilder<{ key: string; name: string; unit?: string | null } & Figures>).execute(db)
  return rows.map(({ key, name, unit, ...figures }) => ({ key, name: name ?? '', unit: unit ?? null, figures }) as Found)
}

/** Grouped by ids alone: names are looked up of the few rows that come of it. */
const salesBy = (asked: Asked, key: 'cashier' | 'place') =>
  sql`(select s.${sql.id(key)} as key, ${ofSales} from ${sold('sale', asked)} s group by 1) s`
const linesBy = (asked: Asked) =>
  sql`(select l.variant as key, sum(l.quantity)::bigint as quantity, ${ofLines} from ${sold('line', asked)} l group by 1) l`

/** By the name of the report. A name that a new company began with is told as it stands. */
export const salesReaders: Readonly<Record<Exclude<ReportName, 'stockValue' | 'profitAndLoss' | 'balanceSheet'>, Reader>> = {
  salesByDay: (db, asked) =>
    found(
      db,
      sql`select (s.business_day + ${asked.ahead}::interval)::date::text as key, '' as name, ${ofSales}
        from ${sold('sale', asked)} s group by 1`,
    ),
  salesByCashier: (db, asked) =>
    found(db, sql`select s.*, u.name from ${salesBy(asked, 'cashier')} join access_user_name u on u.id = s.key`),
  salesByStore: (db, asked) =>
    found(db, sql`select s.*, p.name from ${salesBy(asked, 'place')} join place_fact p on p.id = s.key`),
  salesByHour: (db, asked) =>
    found(
      db,
      sql`select lpad(s.hour::text, 2, '0') as key, '' as name,
          ${sql.join(['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'].map(onWeekday))},
          sum(s.net)::bigint as net, sum(s.sales)::bigint as sales
        from (select s.hour, s.business_day, sum(s.net)::bigint as net, sum(s.sales)::bigint as sales
          from ${sold('sale', asked)} s group by 1, 2) s group by 1`,
    ),
  salesByArticle: (db, asked) =>
    found(db, sql`select l.*, v.name, v.unit from ${linesBy(asked)} join catalog_variant_fact v on v.id = l.key`),
  salesByCategory: (db, asked) =>
    found(
      db,
      sql`select coalesce(v.category::text, '') as key, '' as name, ${ofLines}
        from ${linesBy(asked)} join catalog_variant_fact v on v.id = l.key group by 1`,
    ),
  salesByMethod: (db, asked) =>
    found(
      db,
      sql`select t.method as key, m.name, t.payments, t.amount
        from (select t.method, sum(t.payments)::bigint as payments, sum(t.amount)::bigint as amount
          from ${sold('method', asked)} t group by 1) t
        join payment_method_name m on m.id = t.method`,
    ),
  taxes: (db, asked) =>
    found(
      db,
      sql`select l.tax_code || ' ' || l.tax_rate as key, '' as name, l.net, l.tax, l.total
        from (select l.tax_code, l.tax_rate, sum(l.net)::bigint as net, sum(l.tax)::bigint as tax, sum(l.net + l.tax)::bigint as total
          from ${sold('line', asked)} l group by 1, 2) l`,
    ),
}

/** What a business day falls on, not what the clock shows: a sale at one in the night is of the evening before. */
const onWeekday = (name: string, index: number) =>
  sql`coalesce(sum(s.net) filter (where extract(isodow from s.business_day) = ${index + 1}), 0)::bigint as ${sql.id(name)}`
