import { ActionIcon } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import type { CSSProperties, ReactNode } from 'react'
import type { Document } from '../../document.ts'
import type { Entity } from '../../entity.ts'
import { fieldLabel, isFigure, type Refs } from '../entity/entity.ts'
import { Field } from '../form/Field.tsx'
import { EmptyState } from '../look/parts.tsx'
import { useT } from '../base/words.tsx'
import { useCells } from './lines.ts'
import classes from './document.module.css'

/** A line as it is typed: its fields as JSON carries them, beside what the page knows of it. */
export interface EditedLine {
  /** Names the line on this page; the id of one that is stored. */
  readonly key: string
  readonly id?: string
  readonly [field: string]: unknown
}

/** What becomes of the lines as they stand at that moment. */
export type NextLines = (before: readonly EditedLine[]) => readonly EditedLine[]

export interface LineColumn {
  readonly name: string
  /** In pixels where the columns stand side by side. */
  readonly width?: number
  /** Made by hand. */
  readonly input?: (
    line: EditedLine,
    set: (values: Readonly<Record<string, unknown>>) => void,
    error: string | undefined,
  ) => ReactNode
  /** Shown and not typed. */
  readonly show?: (line: EditedLine) => ReactNode
}

export interface LineEditorProps {
  readonly of: Pick<Document, 'name' | 'lines'>
  readonly lines: readonly EditedLine[]
  readonly columns: readonly LineColumn[]
  readonly onChange: (next: NextLines) => void
  /** What stands on the line: its name, and what is known of it below. */
  readonly name: (line: EditedLine) => string
  readonly hint?: (line: EditedLine) => ReactNode
  /** What is wrong with a cell, by key of the line and field. */
  readonly errors: Readonly<Record<string, Readonly<Record<string, string>>>>
  readonly refs?: Refs
  /** What to do where there is none yet. */
  readonly empty: { readonly title: string; readonly text: string }
}

const LINE = 57

/** The lines of a document as they are typed, by keyboard, mouse and finger. */
export function LineEditor({ of, lines, columns, onChange, name, hint, errors, refs, empty }: LineEditorProps) {
  const t = useT()
  const entity = { ...of, fields: of.lines.fields } as unknown as Entity
  const cells = useCells(
    lines.map((line) => line.key),
    LINE,
  )
  if (lines.length === 0) return <EmptyState title={empty.title}>{empty.text}</EmptyState>
  const set = (key: string, values: Readonly<Record<string, unknown>>) =>
    onChange((before) => before.map((line) => (line.key === key ? { ...line, ...values } : line)))
  const grid = { '--cells': columns.map(({ width = 110 }) => `${width}px`).join(' ') } as CSSProperties
  return (
    <div style={grid} className={classes.editor}>
      <div className={classes.titles} aria-hidden>
        <span>{t('lines.what')}</span>
        {columns.map((column) => (
          <span
            key={column.name}
            data-figure={(entity.fields[column.name] && isFigure(entity.fields[column.name]!)) || undefined}
          >
            {fieldLabel(t, entity, column.name)}
          </span>
        ))}
        <span />
      </div>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- it is the cells that hear the keys */}
      <ul ref={cells.frame} className={classes.lines} onKeyDown={cells.onKeyDown} style={cells.space}>
        {cells.shown.map(({ index, key }) => {
          const line = lines[index]!
          const wrong = errors[line.key] ?? {}
          return (
            <li
              key={key}
              ref={cells.measure}
              data-index={index}
              aria-setsize={lines.length}
              aria-posinset={index + 1}
              className={classes.line}
            >
              <div className={classes.what}>
                <span className={classes.name}>{name(line)}</span>
                {hint && <small>{hint(line)}</small>}
              </div>
              {columns.map((column) =>
                column.show ? (
                  <div key={column.name} className={classes.value} data-label={fieldLabel(t, entity, column.name)}>
                    {column.show(line)}
                  </div>
                ) : (
                  <div key={column.name} data-cell>
                    {column.input?.(line, (values) => set(line.key, values), wrong[column.name]) ?? (
                      <Field
                        entity={entity}
                        name={column.name}
                        value={line[column.name]}
                        onChange={(value) => set(line.key, { [column.name]: value })}
                        error={wrong[column.name]}
                        {...(refs && { refs })}
                      />
                    )}
                  </div>
                ),
              )}
              <ActionIcon
                variant="subtle"
                color="gray"
                className={classes.remove ?? ''}
                aria-label={t('lines.remove', { name: name(line) })}
                onClick={() => onChange((before) => before.filter((one) => one.key !== line.key))}
              >
                <IconX size={17} />
              </ActionIcon>
            </li>
          )
        })}
      </ul>
    </div>
  )
}
