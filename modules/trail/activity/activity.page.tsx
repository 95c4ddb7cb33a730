import type { ReactNode } from 'react'
import { declaredEntities } from '#kit/entity.ts'
import { DetailPage } from '#kit/web/record/DetailPage.tsx'
import type { WireRow } from '#kit/web/entity/entity.ts'
import { useFormat } from '#kit/web/session/format.ts'
import { useSession } from '#kit/web/session/session.tsx'
import { Link } from '#kit/web/base/url.tsx'
import { useT } from '#kit/web/base/words.tsx'
import type { Translate } from '#kit/words.ts'
import { deviceName } from '#modules/access/session/device.rules.ts'
import { TheRecord, kindText } from '../audit/Record.tsx'
import { activity } from './activity.ts'
import classes from '../audit/trail.module.css'

/** One thing that somebody did, with all that was noted of it. */
export default function ActivityPage() {
  const t = useT()
  return (
    <DetailPage
      entity={activity}
      withoutHistory
      without={without}
      title={({ row }) => t(`activity.${String(row['kind'])}`)}
      values={values}
    />
  )
}

// Who it was stands there by name, and what it was about with its page.
const without = ['actor', 'aboutTable']

const values: Record<string, (row: WireRow) => ReactNode> = {
  actorName: (row) => <Who row={row} />,
  about: (row) => (row['aboutTable'] ? <About table={String(row['aboutTable'])} id={String(row['about'])} /> : null),
  facts: (row) => (isNoted(row['facts']) ? <Noted of={row['facts']} /> : null),
  device: (row) => (row['device'] ? <bdi title={String(row['device'])}>{deviceName(String(row['device']))}</bdi> : null),
}

function Who({ row }: { row: WireRow }) {
  const { may } = useSession()
  const name = <bdi>{String(row['actorName'])}</bdi>
  if (typeof row['actor'] !== 'string' || !may('access.user.read')) return name
  return (
    <Link to={`/users/${row['actor']}`} className={classes.recordLink ?? ''}>
      {name}
    </Link>
  )
}

/** It is known by its kind alone: the link leads to the rest. */
function About({ table, id }: { table: string; id: string }) {
  const t = useT()
  return <TheRecord table={table} id={id} refs={{ [id]: kindText(t, table) }} plain />
}

type Facts = Readonly<Record<string, unknown>>
const isNoted = (facts: unknown): facts is Facts => Object.keys((facts ?? {}) as Facts).length > 0

function Noted({ of }: { of: Facts }) {
  const t = useT()
  const format = useFormat()
  return (
    <span className={classes.inner}>
      {Object.entries(of).map(([name, value]) => (
        <span key={name}>
          <span className={classes.label}>{t.of('noted', name)}</span>{' '}
          <bdi>{typeof value === 'number' ? format.number(value) : inWords(t, name, value)}</bdi>
        </span>
      ))}
    </span>
  )
}

/** What the program calls things by, as this reader does; what has no words stays as it was noted. */
function inWords(t: Translate, name: string, value: unknown): string {
  if (Array.isArray(value)) return value.map((one: unknown) => inWords(t, name, one)).join(', ')
  const text = String(value)
  if (name === 'proofs' || name === 'way') return t.of('proof', text)
  if (name === 'code' && t.has(`problem.${text}`)) return t(`problem.${text}`)
  if (name !== 'what') return text
  if ([...declaredEntities.values()].some((one) => one.name === text)) return t.of('entities', text)
  return t.has(`command.${text}`) ? t(`command.${text}`) : text
}
