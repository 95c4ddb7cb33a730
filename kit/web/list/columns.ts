import { useLocalStorage } from '@mantine/hooks'
import type { ReactNode } from 'react'
import type { Entity, Field } from '../../entity.ts'
import { fieldLabel, isFigure, type Refs, type WireRow } from '../entity/entity.ts'
import type { ListPageProps } from './ListPage.tsx'
import { useT } from '../base/words.tsx'

export interface Column {
  readonly key: string
  readonly label: string
  readonly field?: Field
  readonly width: number
  readonly isFigure: boolean
  readonly canSort: boolean
  readonly show?: (row: WireRow, refs: Refs) => ReactNode
}

export interface Columns {
  readonly all: readonly Column[]
  readonly shown: readonly Column[]
  readonly toggle: (key: string) => void
  readonly reset: () => void
}

const WIDTHS: Partial<Record<Field['kind'], number>> = {
  money: 130,
  quantity: 120,
  integer: 110,
  rate: 100,
  flag: 100,
  choice: 130,
  day: 130,
  instant: 188,
  phone: 160,
  texts: 160,
  email: 260,
  ref: 160,
  text: 170,
}

/** The columns of a list and which of them this person shows; remembered in this browser. */
export function useColumns(
  entity: Entity,
  fields: readonly [string, Field][],
  { cells = {}, columns: extra = [] }: ListPageProps,
): Columns {
  const t = useT()
  const [hidden, setHidden] = useLocalStorage<readonly string[]>({
    key: `duka.columns.${entity.name}`,
    defaultValue: [],
    getInitialValueInEffect: false,
  })
  const sortable = new Set(entity.sort.map((one) => one.replace('-', '')))
  const own = fields.map(([key, field], index): Column => {
    const width = index === 0 ? 240 : (WIDTHS[field.kind] ?? 160)
    const show = cells[key]
    return {
      key,
      field,
      label: fieldLabel(t, entity, key),
      width,
      isFigure: isFigure(field),
      canSort: sortable.has(key),
      ...(show && { show }),
    }
  })
  const added = extra.map((one): Column => ({
    key: one.key,
    label: fieldLabel(t, entity, one.key),
    width: one.width ?? 140,
    isFigure: one.isFigure ?? false,
    canSort: false,
    show: one.show,
  }))
  const [title, ...others] = own
  const early = added.filter((_, index) => extra[index]!.isFirst)
  const all = [...(title ? [title] : []), ...early, ...others, ...added.filter((one) => !early.includes(one))]
  return {
    all,
    shown: all.filter((column, index) => index === 0 || !hidden.includes(column.key)),
    toggle: (key) => setHidden((before) => (before.includes(key) ? before.filter((one) => one !== key) : [...before, key])),
    reset: () => setHidden([]),
  }
}
