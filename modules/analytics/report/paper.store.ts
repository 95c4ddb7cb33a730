import type { Paper } from '#kit/server/paper/paper.ts'
import { formatDay, formatHour, formatMoney, formatNumber, formatQuantity, formatRate } from '#kit/words.ts'
import type { Writing } from '#modules/places/index.ts'
import { reportOf, type Column, type ReportFacts } from './report.ts'
import { changeOf, type Figures, type Found } from './report.rules.ts'
import type { AskedReport, WrittenReport } from './report.store.ts'

/** What a row is about, where it is no name. */
export const nameOfRow = (by: ReportFacts['by'], { key, name }: Found): string =>
  by === 'day' ? key : by === 'hour' ? formatHour(Number(key), 'latn') : name

/** A report on A4, in the language of whoever prints it. */
export function paperOf({ name, from, to, place, compare }: AskedReport, report: WrittenReport, writing: Writing): Paper {
  const { t, language, company, letterhead } = writing
  const { by, main, isAsOf, columns: all } = reportOf(name)
  const day = (value: string) => formatDay(value, { locale: language, digits: 'latn' })
  const figure = (value: bigint | null | undefined, { kind }: Pick<Column, 'kind'>) => {
    if (value === null || value === undefined) return ''
    if (kind === 'money') return formatMoney(value, company.currency, language, 'latn', { plain: true })
    if (kind === 'count') return formatNumber(value, language)
    return kind === 'rate' ? formatRate(value, language, 'latn') : formatQuantity(value, language, 'latn')
  }
  const columns = report.columns.filter((one) => !one.isAside)
  const mainColumn = all.find((one) => one.name === main)!
  const compared = (now: Figures, before: bigint | null | undefined): string[] =>
    report.before === null ? [] : [figure(before, mainColumn), changed(changeOf(now[main] ?? 0n, before ?? 0n), language)]
  const row = (title: string, figures: Figures, before: bigint | null | undefined) => [
    title,
    ...columns.map((column) => figure(figures[column.name], column)),
    ...compared(figures, before),
  ]
  return {
    ...letterhead,
    place: place ? letterhead.place : t('shell.allPlaces'),
    head: place ? letterhead.head : [],
    title: t(`report.${name}`),
    number: isAsOf ? day(to) : `${day(from)} – ${day(to)}`,
    facts: [
      [t('report.counted'), t(`report.about.${name}`)],
      ...(report.before
        ? [
            [
              t('report.compared'),
              `${t(`report.compare.${compare}`)}: ${day(report.before.from)} – ${day(report.before.to)}`,
            ] as const,
          ]
        : []),
    ],
    columns: [
      { title: t(`report.by.${by}`) },
      ...columns.map((column) => ({ title: t(`report.column.${column.name}`), end: true })),
      ...(report.before ? ['before', 'change'].map((one) => ({ title: t(`report.column.${one}`), end: true })) : []),
    ],
    rows: [
      ...report.rows.map((one) => row(by === 'day' ? day(one.key) : nameOfRow(by, one), one.figures, one.before)),
      row(t('report.sum'), report.sums, report.before?.sum),
    ],
    sums: [],
  }
}

const changed = (change: bigint | null, language: string) =>
  change === null ? '' : formatRate(change, language, 'latn', 'exceptZero')
