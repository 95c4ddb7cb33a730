import { Readable } from 'node:stream'
import { z } from 'zod'
import { daySchema } from '#kit/entity.ts'
import { amountText, decimalText, decimalsOf } from '#kit/money.ts'
import { query } from '#kit/server/door/command.ts'
import { Download, exportInput, exportTable, readersOf, trailExport } from '#kit/server/list/export.ts'
import { paperPdf } from '#kit/server/paper/paper.ts'
import { wordsFor } from '#kit/server/host/words.ts'
import { placeIds, theCompany, writingOf } from '#modules/places/index.ts'
import { paperOf, nameOfRow } from './paper.store.ts'
import { comparisons, reportNames, reportOf, type Column } from './report.ts'
import type { Figures } from './report.rules.ts'
import { writeReport } from './report.store.ts'

const asked = z.object({
  name: z.enum(reportNames),
  from: daySchema,
  to: daySchema,
  place: z.uuid().optional(),
  compare: z.enum(comparisons).default('none'),
})

/** More than that nobody reads on a page; a file has them all. */
const ROWS = 500

/** A report between two business days, and the main figure of the days that it is held against beside each row. */
export const showReport = query({
  name: 'analytics.showReport',
  can: 'analytics.report.read',
  input: asked,
  place: (input) => input.place,
  async run(reading, input) {
    const { columns, rows, ...rest } = await writeReport(reading, input, wordsFor(reading.actor.locale), 'read')
    return {
      columns: columns.filter((one) => !one.isAside).map(({ name }) => name),
      rows: rows.slice(0, ROWS),
      more: Math.max(0, rows.length - ROWS),
      ...rest,
    }
  },
})

/** The same as a file, however many rows there are, or on paper. */
export const exportReport = query({
  name: 'analytics.exportReport',
  can: 'analytics.report.read',
  input: asked.extend({ ...exportInput.shape, format: z.enum(['csv', 'xlsx', 'pdf']).default('csv') }),
  place: (input) => input.place,
  async run(reading, { format, for: whom, ...wanted }) {
    const { db, ctx, actor } = reading
    const readers = format === 'pdf' ? undefined : await readersOf(reading, { for: whom })
    const report = await writeReport(reading, wanted, readers?.t ?? wordsFor(actor.locale), 'export')
    const entity = `analytics.${wanted.name}`
    if (format === 'pdf') {
      const head = wanted.place ?? (reading.reach.all ? (await placeIds(db))[0]! : reading.reach.places[0]!)
      const writing = await writingOf(db, head, actor.locale)
      await trailExport(ctx, { entity, format, personal: null, filters: wanted })
      const pdf = await paperPdf(paperOf(wanted, { ...report, rows: report.rows.slice(0, ROWS) }, writing), 'sheets')
      return new Download(Readable.from([pdf]), `${wanted.name}-${wanted.from}-${wanted.to}.pdf`, 'application/pdf', {
        inline: true,
      })
    }
    const decimals = decimalsOf((await theCompany(db)).currency)
    const { by, main } = reportOf(wanted.name)
    const heading = (name: string) => (readers ? readers.t(`report.column.${name}`) : name)
    const text = (value: bigint | null | undefined, { kind }: Pick<Column, 'kind'>) => {
      if (value === null || value === undefined) return ''
      if (kind === 'money') return amountText(value, decimals)
      return kind === 'count' ? String(value) : decimalText(value, kind === 'rate' ? 4 : 6)
    }
    const columns = report.columns.filter((one) => !one.isAside)
    const then = report.before ? [{ ...report.columns.find(({ name }) => name === main)!, name: 'before' }] : []
    async function* rows() {
      for (const row of report.rows) {
        const figures: Figures = { ...row.figures, before: row.before }
        yield [nameOfRow(by, row), ...[...columns, ...then].map((column) => text(figures[column.name], column))]
      }
    }
    return exportTable(
      ctx,
      {
        entity,
        name: `${wanted.name}-${wanted.from}-${wanted.to}`,
        format,
        filters: wanted,
        columns: [
          { name: readers ? readers.t(`report.by.${by}`) : by, type: by === 'day' ? ('date' as const) : ('text' as const) },
          ...[...columns, ...then].map(({ name, kind }) => ({
            name: heading(name),
            type: kind === 'money' ? ('money' as const) : ('number' as const),
            decimals: kind === 'money' ? decimals : kind === 'count' ? 0 : 6,
          })),
        ],
        readers,
      },
      rows(),
    )
  },
})
