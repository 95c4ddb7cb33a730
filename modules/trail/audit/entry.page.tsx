import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { declaredEntities } from '#kit/entity.ts'
import { api, type Wire } from '#kit/web/base/api.ts'
import { useCrumb } from '#kit/web/base/crumb.ts'
import { LinkButton } from '#kit/web/look/LinkButton.tsx'
import type { Refs } from '#kit/web/entity/entity.ts'
import { Facts, PageBody, PageHead, PageSkeleton, Panel, Problem } from '#kit/web/look/parts.tsx'
import { usePathParam } from '#kit/web/base/url.tsx'
import { Instant } from '#kit/web/entity/values.tsx'
import { T, useT } from '#kit/web/base/words.tsx'
import { deviceName } from '#modules/access/session/device.rules.ts'
import { Changes, Plain } from '#modules/access/parts.tsx'
import { TheRecord } from './Record.tsx'
import type { trailRoutes } from './trail.routes.ts'
import { whoText } from './who.ts'
import classes from './trail.module.css'

type Shown = Wire<NonNullable<(typeof trailRoutes)['GET /audit/:id']['__output']>>

/** One entry of the trail: who, what, where from, and every field before and after. */
export default function EntryPage() {
  const t = useT()
  const id = usePathParam('id')
  const { data, error, refetch, isPending } = useQuery({
    ...api<typeof trailRoutes>()('GET /audit/:id', { id }),
    // Nothing in the trail ever changes.
    staleTime: Infinity,
  })
  const said = data && `${whoText(t, data.entry, data.refs)} ${t.of('command', data.entry.command)}`
  useCrumb(said)
  if (isPending) return <PageSkeleton />
  if (error && !data) return <Problem of={error} retry={() => void refetch()} />
  const { entry, changes, refs } = data
  return (
    <PageBody>
      <PageHead
        title={<bdi>{said}</bdi>}
        hint={<Instant of={entry.at} style="long" />}
        actions={
          entry.about && (
            <LinkButton
              variant="default"
              to="/audit"
              search={{ ...(entry.aboutTable && { table: entry.aboutTable }), about: entry.about }}
            >
              <T k="audit.allOfRecord" />
            </LinkButton>
          )
        }
      />
      <Panel>
        <Facts rows={factsOf(t, data)} />
      </Panel>
      {changes.map((change) => (
        <ChangedRecord key={change.id} change={change as unknown as Change} refs={refs} />
      ))}
      <Sent text={entry.input} refs={refs} />
    </PageBody>
  )
}

function factsOf(t: ReturnType<typeof useT>, { entry, refs }: Shown) {
  const device = deviceName(entry.device)
  const all: readonly (readonly [string, ReactNode])[] = [
    ['audit.who', <bdi key="who">{whoText(t, entry, refs)}</bdi>],
    ['audit.record', entry.aboutTable && entry.about && <TheRecord table={entry.aboutTable} id={entry.about} refs={refs} />],
    ['field.place', entry.place && <bdi>{refs[entry.place] ?? entry.place.slice(0, 8)}</bdi>],
    ['field.reason', entry.reason && <bdi>{entry.reason}</bdi>],
    ['audit.device', device && <span title={entry.device ?? undefined}>{device}</span>],
    ['audit.address', entry.address && <bdi dir="ltr">{entry.address}</bdi>],
    [
      'audit.trace',
      <bdi key="trace" dir="ltr" className={classes.code}>
        {entry.traceId}
      </bdi>,
    ],
  ]
  return all.flatMap(([label, value]) => (value ? [{ label: t(label), value }] : []))
}

interface Change {
  readonly id: string
  readonly tableName: string
  readonly record: string
  readonly before: Readonly<Record<string, unknown>> | null
  readonly after: Readonly<Record<string, unknown>> | null
}

function ChangedRecord({ change, refs }: { change: Change; refs: Refs }) {
  const { tableName, record, before, after } = change
  const isNew = before === null
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])].filter((name) => name !== 'id')
  return (
    <Panel
      title={<TheRecord table={tableName} id={record} refs={refs} />}
      actions={
        <span className={classes.label}>
          <T k={isNew ? 'audit.added' : 'audit.changed'} />
        </span>
      }
    >
      {names.length === 0 ? (
        <span className={classes.nothing}>
          <T k="history.nothing" />
        </span>
      ) : (
        <Changes
          entity={declaredEntities.get(tableName)}
          changes={names.map((field) => ({ field, before: before?.[field] ?? null, after: after?.[field] ?? null }))}
          refs={refs}
          isNew={isNew}
        />
      )}
    </Panel>
  )
}

/** What was asked for, as it was sent; the proof when somebody doubts what they pressed. */
function Sent({ text, refs }: { text: string; refs: Refs }) {
  const sent = JSON.parse(text) as Record<string, unknown>
  if (Object.keys(sent).length === 0) return null
  return (
    <details className={classes.sent}>
      <summary>
        <T k="audit.sent" />
      </summary>
      <div className={classes.sentBody}>
        <Plain value={sent} refs={refs} />
      </div>
    </details>
  )
}
