import { Button, Group, NumberInput, Stack, TextInput } from '@mantine/core'
import { IconLock } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, type Wire } from '#kit/web/base/api.ts'
import { useCommand } from '#kit/web/base/command.tsx'
import { EmptyState, PageBody, PageHead, PageSkeleton, Panel, Problem, ProblemNote } from '#kit/web/look/parts.tsx'
import { Link, useSearch } from '#kit/web/base/url.tsx'
import { Instant, StateBadge } from '#kit/web/entity/values.tsx'
import { AskFirst } from '#kit/web/entity/Verbs.tsx'
import { T, useT } from '#kit/web/base/words.tsx'
import { useFormat } from '#kit/web/session/format.ts'
import type { keepingRoutes } from './keeping.routes.ts'
import classes from './keeping.module.css'

type Keeping = Wire<NonNullable<(typeof keepingRoutes)['GET /keeping']['__output']>>
type Hold = Keeping['holds'][number]

/** How long data is kept, and which records must stay as they are whatever is asked. */
export default function KeepingPage() {
  const t = useT()
  const { data, error, refetch, isPending } = useQuery(api<typeof keepingRoutes>('access')('GET /keeping', {}))
  if (isPending) return <PageSkeleton />
  if (error && !data) return <Problem of={error} retry={() => void refetch()} />
  return (
    <PageBody narrow>
      <PageHead title={t('page.keeping')} hint={t('keeping.hint')} />
      <PlaceHold />
      <Panel title={t('keeping.holds')} flush>
        {data.holds.length === 0 ? (
          <EmptyState icon={IconLock} title={t('keeping.noHolds')}>
            <T k="keeping.noHoldsHint" />
          </EmptyState>
        ) : (
          <ul className={classes.holds}>
            {data.holds.map((hold) => (
              <HoldLine key={hold.id} hold={hold} />
            ))}
          </ul>
        )}
      </Panel>
      <Panel title={t('keeping.times')}>
        <Times kinds={data.kinds} />
      </Panel>
      <Panel title={t('keeping.room')}>
        <Room of={data.room} />
      </Panel>
    </PageBody>
  )
}

/** The record's own page says that it is held. */
const areaIn = (entity = '') => entity.split('.')[0] ?? ''

/** Comes from a record's own page, which names it in the address. */
function PlaceHold() {
  const t = useT()
  const [{ entity, record, title }, setSearch] = useSearch()
  const [reason, setReason] = useState('')
  const hold = useCommand<typeof keepingRoutes>()('POST /holds', {
    quiet: true,
    done: 'keeping.held',
    touches: ['access', areaIn(entity)],
    onDone: () => setSearch({ entity: undefined, record: undefined, title: undefined }),
  })
  if (!entity || !record) return null
  return (
    <Panel title={t('keeping.holdTitle', { title: title ?? t.of('entity', entity) })}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void hold.run({ entity, record, reason: reason.trim() })
        }}
      >
        <Stack gap="md" maw={520}>
          {hold.problem && <ProblemNote of={hold.problem} />}
          <TextInput
            label={t('keeping.reason')}
            description={t('keeping.reasonHint')}
            inputWrapperOrder={['label', 'input', 'description']}
            maxLength={300}
            autoFocus
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <Group>
            <Button type="submit" loading={hold.isRunning} disabled={reason.trim().length < 3}>
              <T k="keeping.hold" />
            </Button>
          </Group>
        </Stack>
      </form>
    </Panel>
  )
}

function HoldLine({ hold }: { hold: Hold }) {
  const t = useT()
  const [isAsking, ask] = useState(false)
  const lift = useCommand<typeof keepingRoutes>()('POST /holds/:id/lift', {
    done: 'keeping.lifted',
    touches: ['access', areaIn(hold.entity)],
    onDone: () => ask(false),
  })
  return (
    <li>
      <span className={classes.what}>
        {hold.path ? (
          <Link to={`${hold.path}/${hold.record}`}>
            <bdi>{hold.title}</bdi>
          </Link>
        ) : (
          <bdi>{hold.title}</bdi>
        )}{' '}
        <span className={classes.kind}>{t.of('entity', hold.entity)}</span>
        <span className={classes.sub}>
          <bdi>{hold.reason}</bdi>
        </span>
        <span className={classes.sub}>
          {hold.placedByName && (
            <>
              <bdi>{hold.placedByName}</bdi>
              {' · '}
            </>
          )}
          <Instant of={hold.placedAt} />
        </span>
      </span>
      {hold.liftedAt ? (
        <StateBadge state="lifted" />
      ) : (
        <Button
          variant="default"
          size="compact-sm"
          aria-label={t('keeping.liftOf', { title: hold.title })}
          onClick={() => ask(true)}
        >
          <T k="keeping.lift" />
        </Button>
      )}
      {isAsking && (
        <AskFirst
          title={t('keeping.liftAsk', { title: hold.title })}
          text={t('keeping.liftText')}
          action={t('keeping.lift')}
          needsReason
          isRunning={lift.isRunning}
          onClose={() => ask(false)}
          onYes={(reason) => void lift.run({ id: hold.id, reason: reason ?? '' })}
        />
      )}
    </li>
  )
}

const GIGABYTE = 1_000_000_000

/** How much of what people attach is kept at most. */
function Room({ of: { bytes, used } }: { of: Keeping['room'] }) {
  const t = useT()
  const format = useFormat()
  const [gigabytes, setGigabytes] = useState(bytes / GIGABYTE)
  const save = useCommand<typeof keepingRoutes>()('POST /keeping', { quiet: true, done: 'common.saved', touches: ['access'] })
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void save.run({ gigabytes })
      }}
    >
      {save.problem && <ProblemNote of={save.problem} />}
      <NumberInput
        label={t('keeping.roomMost')}
        description={t('keeping.roomUsed', { share: format.number(Math.ceil((used / bytes) * 100)) })}
        inputWrapperOrder={['label', 'input', 'description']}
        maw={260}
        suffix=" GB"
        min={1}
        max={10_000}
        allowDecimal={false}
        allowNegative={false}
        value={gigabytes}
        onChange={(value) => setGigabytes(Number(value) || 1)}
      />
      <Button type="submit" mt="lg" loading={save.isRunning} disabled={gigabytes === bytes / GIGABYTE}>
        <T k="common.save" />
      </Button>
    </form>
  )
}

function Times({ kinds }: { kinds: Keeping['kinds'] }) {
  const t = useT()
  const [days, setDays] = useState<Record<string, number>>(() => Object.fromEntries(kinds.map((one) => [one.name, one.days])))
  const changed = kinds.filter((one) => days[one.name] !== one.days)
  const save = useCommand<typeof keepingRoutes>()('POST /keeping', { quiet: true, done: 'common.saved', touches: ['access'] })
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void save.run({ days: Object.fromEntries(changed.map((one) => [one.name, days[one.name]!])) })
      }}
    >
      {save.problem && <ProblemNote of={save.problem} />}
      <p className={classes.sub}>
        <T k="keeping.timesHint" />
      </p>
      <div className={classes.times}>
        {kinds.map((one) => (
          <NumberInput
            key={one.name}
            label={t(`keeping.kind.${one.name}`)}
            description={t('keeping.least', { n: one.least })}
            inputWrapperOrder={['label', 'input', 'description']}
            suffix={` ${t('keeping.days')}`}
            min={one.least}
            max={36_500}
            allowDecimal={false}
            allowNegative={false}
            value={days[one.name]!}
            onChange={(value) => setDays((before) => ({ ...before, [one.name]: Number(value) || one.least }))}
          />
        ))}
      </div>
      <Button type="submit" mt="lg" loading={save.isRunning} disabled={changed.length === 0}>
        <T k="common.save" />
      </Button>
    </form>
  )
}
