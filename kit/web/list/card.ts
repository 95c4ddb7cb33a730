import type { Entity } from '../../entity.ts'
import type { WireRow } from '../entity/entity.ts'
import type { Column } from './columns.ts'

/** What a row says where there is room for little: its first column, one figure, its state, and up to four facts that say something. */
export function cardOf(entity: Entity, columns: readonly Column[], row: WireRow) {
  const [title, ...rest] = columns
  const figure =
    rest.find((column) => column.key === entity.headline) ??
    rest.find((column) => column.field?.kind === 'money') ??
    rest.find((column) => column.isFigure && column.field?.kind !== 'integer')
  const state = rest.find((column) => column.key === 'state')
  const facts = rest
    .filter((column) => column !== figure && column !== state && (column.show || !isNothing(row[column.key], column.field?.kind)))
    .slice(0, 4)
  return { title, figure, state, facts }
}

const isNothing = (value: unknown, kind: string | undefined) =>
  (kind === 'money' && value === '0') ||
  value === null ||
  value === undefined ||
  value === '' ||
  value === false ||
  (Array.isArray(value) && value.length === 0)
