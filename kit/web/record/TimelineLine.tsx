import { Anchor, Button } from '@mantine/core'
import { IconFile, IconFileSpreadsheet, IconFileText } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { declaredEntities, type Entity } from '../../entity.ts'
import { useAction } from '../base/command.tsx'
import { useFormat } from '../session/format.ts'
import { LifeFacts, type Shows } from '../entity/History.tsx'
import { useHasPage } from '../base/page.ts'
import { request } from '../base/request.ts'
import { Link } from '../base/url.tsx'
import { Instant, StateBadge } from '../entity/values.tsx'
import { T, useT } from '../base/words.tsx'
import {
  recordPath,
  type AssignmentRow,
  type ChangeRow,
  type FileRow,
  type NoteRow,
  type PointingRow,
  type Refs,
  type Row,
} from './timeline.ts'
import history from '../entity/history.module.css'
import classes from './record.module.css'

interface LineProps<Of> {
  readonly entity: Entity
  readonly id: string
  readonly row: Of
  readonly refs: Refs
  readonly look?: TimelineLook | undefined
}

/** What a page knows of the trail of its records. */
export interface TimelineLook {
  readonly shows?: Shows
  /** Whose doing it was before they had an account. */
  readonly guestIs?: string
}

/** One thing of the timeline: who did what when, and what there is to see of it. */
export function TimelineLine({ row, ...rest }: LineProps<Row>) {
  if (row.kind === 'change') return <Change {...rest} row={row as ChangeRow} />
  if (row.kind === 'note') return <Note {...rest} row={row as NoteRow} />
  if (row.kind === 'file') return <Attached {...rest} row={row as FileRow} />
  if (row.kind === 'assignment') return <Assigned row={row as AssignmentRow} refs={rest.refs} />
  return <Pointing row={row as PointingRow} />
}

function Line({ row, did, kind, children }: { row: Row; did: ReactNode; kind?: string; children?: ReactNode }) {
  return (
    <li className={history.life} data-kind={kind}>
      <p className={history.said}>
        {row.by && <bdi className={history.who}>{row.by}</bdi>} <span>{did}</span>
        <span className={history.when}>
          <Instant of={row.at} ago />
        </span>
      </p>
      {children}
    </li>
  )
}

function Change({ entity, row, refs, look }: LineProps<ChangeRow>) {
  const t = useT()
  const by = row.by === 'guest' && look?.guestIs ? look.guestIs : row.by
  return (
    <Line row={{ ...row, by }} did={t.of('command', row.facts.command)}>
      <LifeFacts entity={entity} life={row.facts} refs={refs} {...(look?.shows && { shows: look.shows })} />
    </Line>
  )
}

function Note({ entity, id, row, refs }: LineProps<NoteRow>) {
  const t = useT()
  const { text, mentions, isWithdrawn } = row.facts
  if (isWithdrawn || text === null) return <Line row={row} did={t('timeline.withdrawn')} kind="gone" />
  const names = mentions.flatMap((one) => refs[one] ?? [])
  return (
    <Line row={row} did={t('timeline.wrote')} kind="note">
      <div className={classes.note}>
        <p dir="auto">{withMentions(text, names)}</p>
        {row.isMine && <TakeBack entity={entity} path={`${recordPath(entity, id)}/notes/${row.id}/withdrawal`} method="POST" />}
      </div>
    </Line>
  )
}

/** A text in which the names that were called stand out. */
function withMentions(text: string, names: readonly string[]): ReactNode[] {
  if (names.length === 0) return [text]
  const called = names.toSorted((a, b) => b.length - a.length).map((name) => RegExp.escape(`@${name}`))
  return text
    .split(new RegExp(`(${called.join('|')})`, 'gu'))
    .map((part, at) => (at % 2 === 1 ? <strong key={at}>{part}</strong> : part))
}

function Assigned({ row, refs }: { row: AssignmentRow; refs: Refs }) {
  const t = useT()
  const { person, isGiven, isOwn } = row.facts
  return <Line row={row} did={t(`timeline.${isGiven ? 'gave' : 'ended'}${isOwn ? 'Own' : ''}`, { name: refs[person] ?? '' })} />
}

function FileIcon({ type }: { type: string }) {
  const facts = { size: 20, stroke: 1.5, 'aria-hidden': true }
  if (type.includes('sheet')) return <IconFileSpreadsheet {...facts} />
  return /pdf|word|text/.test(type) ? <IconFileText {...facts} /> : <IconFile {...facts} />
}

function Attached({ entity, id, row }: LineProps<FileRow>) {
  const t = useT()
  const { size } = useFileSize()
  const { name, type, size: bytes } = row.facts
  const href = `/api${recordPath(entity, id)}/files/${row.id}`
  return (
    <Line row={row} did={t('timeline.attached')} kind="file">
      <div className={classes.note}>
        {type === 'image/webp' ? (
          <a href={href} target="_blank" rel="noreferrer" className={classes.picture}>
            <img src={`${href}?size=thumb`} alt={t('timeline.picture', { name })} loading="lazy" />
          </a>
        ) : (
          <a href={href} download={name} className={classes.document}>
            <FileIcon type={type} />
            <bdi>{name}</bdi>
            <span className={classes.size}>{size(Number(bytes))}</span>
          </a>
        )}
        {row.isMine && <TakeBack entity={entity} path={`${recordPath(entity, id)}/files/${row.id}`} method="DELETE" />}
      </div>
    </Line>
  )
}

/** How large a file is, in the figures of the reader. */
function useFileSize() {
  const { number } = useFormat()
  const size = (bytes: number): string =>
    bytes < 1_000_000 ? `${number(Math.max(1, Math.round(bytes / 1000)))} kB` : `${number(Math.round(bytes / 100_000) / 10)} MB`
  return { size }
}

/** What one wrote or attached oneself can be taken back. */
function TakeBack({ entity, path, method }: { entity: Entity; path: string; method: 'POST' | 'DELETE' }) {
  const { run, isRunning } = useAction((_: null, key) => request(method, path, {}, { key }), {
    touches: [entity.name.split('.')[0] ?? ''],
    done: 'timeline.takenBack',
  })
  return (
    <Button variant="subtle" color="gray" size="compact-xs" loading={isRunning} onClick={() => void run(null)}>
      <T k="timeline.takeBack" />
    </Button>
  )
}

function Pointing({ row }: { row: PointingRow }) {
  const t = useT()
  const { entity: name, title, state } = row.facts
  const entity = [...declaredEntities.values()].find((one) => one.name === name)
  const hasPage = useHasPage(`${entity?.path}/$id`)
  return (
    <Line row={row} did={t.of('entity', name)} kind="paper">
      <div className={classes.pointing}>
        {entity && hasPage ? (
          <Anchor renderRoot={(props) => <Link {...props} to={`${entity.path}/${row.id}`} />}>
            <bdi>{title}</bdi>
          </Anchor>
        ) : (
          <bdi>{title}</bdi>
        )}
        {state && entity && <StateBadge state={state} entity={entity} />}
      </div>
    </Line>
  )
}
