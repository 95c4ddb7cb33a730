import { Button } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconUserCheck, IconUserPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useCallback, useState } from 'react'
import type { Entity } from '../../entity.ts'
import { NOTE } from '../../notice.ts'
import type { recordRoutes } from '../../server/edge/kit.routes.ts'
import { api, type OutputOf } from '../base/api.ts'
import { Bubble } from '../look/Bubble.tsx'
import { useCommand } from '../base/command.tsx'
import { useLive, type LiveEvent } from '../base/live.ts'
import { SearchSelect } from '../input/SearchSelect.tsx'
import { useSession } from '../session/session.tsx'
import { Instant } from '../entity/values.tsx'
import { T, useT } from '../base/words.tsx'
import classes from './record.module.css'

type Given = NonNullable<OutputOf<typeof recordRoutes, 'GET /records/:entity/:id/assignment'>['to']>

/** For whom a record is, and the way to give it to somebody, to take it oneself, or to be done with it. */
export function AssignButton({ entity, id }: { entity: Entity; id: string }) {
  const t = useT()
  const { may, user } = useSession()
  const [isOpen, setOpen] = useState(false)
  const of = { entity: entity.name, id }
  const { data, refetch } = useQuery(api<typeof recordRoutes>()('GET /records/:entity/:id/assignment', of))
  const heard = useCallback(
    (event: LiveEvent) => {
      if (event.data['record'] === id) void refetch()
    },
    [id, refetch],
  )
  useLive('kit.record.noted', heard)
  if (!data || !(may(NOTE) || data.to)) return null
  const { to } = data
  const Icon = to ? IconUserCheck : IconUserPlus
  const said = to ? (to.id === user?.id ? t('assign.forYou') : t('assign.for', { name: to.name })) : t('assign.give')
  return (
    <Bubble
      isOpen={isOpen}
      onClose={() => setOpen(false)}
      position="bottom-end"
      padding="sm"
      className={classes.assign}
      target={
        <Button
          variant="default"
          px={10}
          aria-label={said}
          title={said}
          leftSection={to ? <Icon size={18} stroke={1.6} /> : undefined}
          onClick={() => setOpen(!isOpen)}
        >
          {to ? <bdi className={classes.assignee}>{said}</bdi> : <Icon size={18} stroke={1.6} />}
        </Button>
      }
    >
      <Assignment of={of} to={to} onDone={() => setOpen(false)} />
    </Bubble>
  )
}

function Assignment({ of, to, onDone }: { of: { entity: string; id: string }; to: Given | null; onDone: () => void }) {
  const { may, user } = useSession()
  const options = { touches: [of.entity.split('.')[0] ?? '', 'home', 'assignments'], onDone }
  const give = useCommand<typeof recordRoutes>()('POST /records/:entity/:id/assignment', { ...options, done: 'assign.given' })
  const end = useCommand<typeof recordRoutes>()('DELETE /records/:entity/:id/assignment', { ...options, done: 'assign.ended' })
  const isMine = to !== null && to.id === user?.id
  return (
    <>
      {to && (
        <p className={classes.assigned}>
          <T k="assign.by" name={to.by} /> · <Instant of={to.since} ago />
        </p>
      )}
      {may(NOTE) && (
        <>
          <div className={classes.assignActs}>
            {!isMine && user && (
              <Button variant="default" loading={give.isRunning} onClick={() => void give.run({ ...of, person: user.id })}>
                <T k="assign.take" />
              </Button>
            )}
            {to && (
              <Button variant="default" loading={end.isRunning} onClick={() => void end.run(of)}>
                <T k={isMine ? 'assign.done' : 'assign.end'} />
              </Button>
            )}
          </div>
          {/* Its list opens below it, and covers none of the buttons. */}
          <Recipient of={of} isFirst={to === null} onChoose={(person) => void give.run({ ...of, person })} />
        </>
      )}
    </>
  )
}

interface RecipientProps {
  readonly of: { entity: string; id: string }
  readonly isFirst: boolean
  readonly onChoose: (person: string) => void
}

/** Those who may see the record, by the beginning of their name. */
function Recipient({ of, isFirst, onChoose }: RecipientProps) {
  const t = useT()
  const [typed, setTyped] = useState('')
  const [q] = useDebouncedValue(typed.trim(), 150)
  const { data, isFetching } = useQuery({
    ...api<typeof recordRoutes>()('GET /records/:entity/:id/people', { ...of, q }),
    placeholderData: (before) => before,
  })
  return (
    <SearchSelect
      label={t('assign.to')}
      placeholder={t('form.search')}
      {...(isFirst && { 'data-autofocus': true })}
      searchValue={typed}
      onSearchChange={setTyped}
      isBehind={isFetching || q !== typed.trim()}
      data={(data?.rows ?? []).map(({ id, name }) => ({ value: id, label: name }))}
      onChange={(person) => person && onChoose(person)}
    />
  )
}
