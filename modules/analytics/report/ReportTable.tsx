import { Table } from '@mantine/core'
import type { ReactNode } from 'react'
import { useFormat } from '#kit/web/session/format.ts'
import type { Span } from '#kit/web/list/Span.tsx'
import { Panel, Wide } from '#kit/web/look/parts.tsx'
import { Link } from '#kit/web/base/url.tsx'
import { T, useT } from '#kit/web/base/words.tsx'
import { Change, Figure } from './Figure.tsx'
import { documentsOf } from './documents.rules.ts'
import type { Report } from './report.page.tsx'
import { reportOf, type Column, type ReportName } from './report.ts'
import classes from './report.module.css'

interface Props {
  readonly name: ReportName
  readonly span: Span
  readonly data: Report
  readonly columns: readonly Column[]
}

/** The rows of a report with their sums at the foot; each leads to what it is made of. */
export function ReportTable({ name, span, data, columns }: Props) {
  const t = useT()
  const { by, main, columns: all } = reportOf(name)
  const mainColumn = all.find((column) => column.name === main)!
  const nameOf = useNameOf(name)
  const end = (label: string, key: string) => (
    <Table.Th key={key} ta="end">
      {label}
    </Table.Th>
  )
  return (
    <Panel flush>
      <Wide label={t(`report.${name}`)} of={150 + columns.length * 78 + (data.before ? 150 : 0)} stacks>
        <Table verticalSpacing={6} horizontalSpacing="sm" className={classes.table ?? ''}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t(`report.by.${by}`)}</Table.Th>
              {columns.map((column) => end(t(`report.column.${column.name}`), column.name))}
              {data.before && ['before', 'change'].map((one) => end(t(`report.column.${one}`), one))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {data.rows.map((row) => (
              <Table.Tr key={row.key}>
                <Table.Td>
                  <Title to={documentsOf(name, row.key, span)}>{nameOf(row)}</Title>
                </Table.Td>
                <Cells
                  figures={row.figures}
                  leadsTo={(column) => documentsOf(name, row.key, span, column)}
                  before={row.before ?? undefined}
                  unit={row.unit}
                  columns={columns}
                  main={mainColumn}
                />
              </Table.Tr>
            ))}
          </Table.Tbody>
          <Table.Tfoot>
            <Table.Tr>
              <Table.Th scope="row">
                <T k="report.sum" />
              </Table.Th>
              <Cells figures={data.sums} before={data.before ? data.before.sum : undefined} columns={columns} main={mainColumn} />
            </Table.Tr>
          </Table.Tfoot>
        </Table>
      </Wide>
      {data.more > 0 && <p className={classes.more}>{t('report.more', { n: data.more })}</p>}
    </Panel>
  )
}

interface CellsProps {
  readonly figures: Readonly<Record<string, string | null>>
  /** Nothing where nothing is compared; `null` where it has no sum. */
  readonly before: string | null | undefined
  readonly unit?: string | null | undefined
  readonly columns: readonly Column[]
  readonly main: Column
  /** Where a figure leads that stands for fewer documents than its row. */
  readonly leadsTo?: (column: string) => string | null
}

function Cells({ figures, before, unit, columns, main, leadsTo }: CellsProps) {
  const t = useT()
  const cell = (key: string, shown: ReactNode) => (
    <Table.Td key={key} ta="end" data-label={t(`report.column.${key}`)}>
      {shown}
    </Table.Td>
  )
  return (
    <>
      {columns.map((column) => {
        const of = figures[column.name]
        const to = of && of !== '0' ? (leadsTo?.(column.name) ?? null) : null
        const figure = <Figure of={of} column={column} unit={unit} />
        return cell(column.name, to ? <Title to={to}>{figure}</Title> : figure)
      })}
      {before !== undefined && cell('before', <Figure of={before} column={main} />)}
      {before !== undefined && cell('change', <Change now={figures[main.name] ?? '0'} before={before ?? '0'} />)}
    </>
  )
}

const Title = ({ to, children }: { to: string | null; children: ReactNode }) =>
  to ? (
    <Link to={to.split('?')[0]!} search={Object.fromEntries(new URLSearchParams(to.split('?')[1]))} className={classes.link}>
      {children}
    </Link>
  ) : (
    <bdi>{children}</bdi>
  )

/** What a row is called: a day, an hour of the clock, a name. */
export function useNameOf(name: ReportName): (row: { readonly key: string; readonly name: string }) => string {
  const format = useFormat()
  const { by } = reportOf(name)
  return (row) => (by === 'day' ? format.day(row.key) : by === 'hour' ? format.hour(Number(row.key)) : row.name)
}
