import { ActionIcon, Menu, Skeleton } from '@mantine/core'
import { IconArrowRight, IconDots } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useVirtualizer } from '@tanstack/react-virtual'
import { lazy, Suspense, useEffect, useRef, useState, type DragEvent, type KeyboardEvent } from 'react'
import type { Entity } from '../../entity.ts'
import type { Reviewed } from '../../effect.ts'
import { call, type Wire } from '../base/api.ts'
import { useAction } from '../base/command.tsx'
import { entityTitle, groupsQuery, type GroupRow, type WireRow } from '../entity/entity.ts'
import { useFormat } from '../session/format.ts'
import { Problem } from '../look/parts.tsx'
import { useSession } from '../session/session.tsx'
import { useGo, type Search } from '../base/url.tsx'
import { StateBadge, toneOf, Value } from '../entity/values.tsx'
import { AskFirst } from '../entity/Verbs.tsx'
import { T, useT } from '../base/words.tsx'
import { BoardCard } from './BoardCard.tsx'
import { boardOf, possibleQuery, useStepsOf, type StepOf } from './board.ts'
import type { Column } from './columns.ts'
import { askedOf, useRows } from './rows.ts'
import classes from './board.module.css'

// Asked for when the first step that posts is taken.
const ActReview = lazy(async () => ({ default: (await import('../review/ActReview.tsx')).ActReview }))

export interface BoardProps {
  readonly entity: Entity
  readonly columns: readonly Column[]
  readonly search: Search
  readonly fixed: Search | undefined
  /** Where a card leads; nowhere for what has no page. */
  readonly hrefOf: (row: WireRow) => string | null
}

const NOTHING = { effects: [], approvals: [] }

/** A step that somebody has begun with a card. */
interface Begun extends StepOf {
  readonly row: WireRow
  readonly asks: 'reason' | 'sure' | 'review'
  readonly reason?: string
}

/**
 * A list by the states of a life: the same rows, filters and order, each state a column with what it adds up to. To draw a card
 * into another column is the step that leads there, with its question or its review; arrows and a menu do the same.
 */
export function Board({ entity, columns, search, fixed, hrefOf }: BoardProps) {
  const t = useT()
  const { clock } = useSession()
  const go = useGo()
  const [drawn, setDrawn] = useState<WireRow | null>(null)
  const [begun, setBegun] = useState<Begun | null>(null)
  const board = useRef<HTMLDivElement>(null)
  const { states, isGrouped } = boardOf(entity, search)
  const { sort: _, ...asked } = askedOf(entity, search, clock, fixed)
  const sums = useQuery({ ...groupsQuery(entity, 'state', { ...asked, zone: clock.timeZone }), enabled: isGrouped })
  const possible = useQuery(possibleQuery(entity))
  const stepsOf = useStepsOf(entity, possible.data)
  const area = entity.name.split('.')[0] ?? ''
  const { run, isRunning } = useAction(
    ({ row, verb, reason }: { row: WireRow; verb: string; reason?: string }, key) =>
      call<object>(`POST ${entity.path}/:id/${verb}`, { id: row.id, ...(reason && { reason }) }, { key }),
    { touches: [area], done: 'common.done' },
  )
  const review = useAction(
    ({ row, verb, reason }: { row: WireRow; verb: string; reason?: string }) =>
      call<Wire<Reviewed>>(`POST ${entity.path}/:id/${verb}`, { id: row.id, ...(reason && { reason }) }, { isReview: true }),
    { touches: [] },
  )
  const label = (verb: string) => t.of('verb', `${entity.name}.${verb}`)

  const begin = (row: WireRow, step: StepOf) => {
    const href = hrefOf(row)
    if (step.how === null) {
      if (href) go(href)
    } else if (step.how.reason) setBegun({ ...step, row, asks: 'reason' })
    else if (toneOf(step.to) === 'bad') setBegun({ ...step, row, asks: 'sure' })
    else void take({ ...step, row, asks: 'sure' })
  }

  /** What changes neither goods nor money has nothing to look at before, unless somebody decides with it what others wrote. */
  async function take(one: Begun): Promise<void> {
    const { row, verb, how, reason } = one
    const asked = { row, verb, ...(reason && { reason }) }
    const will = how?.review ? await review.run(asked) : NOTHING
    if (!will) return
    const isDecision = how?.review === true && entity.life?.steps[verb]?.can !== entity.can.write
    if (isDecision || will.effects.length + will.approvals.length > 0) setBegun({ ...one, asks: 'review' })
    else if ((await run(asked)) !== undefined) setBegun(null)
  }

  if (possible.error) return <Problem of={possible.error} retry={() => void possible.refetch()} />
  return (
    <>
      <div
        ref={board}
        className={classes.board}
        role="group"
        aria-label={t.of('entities', entity.name)}
        aria-busy={review.isRunning || isRunning || undefined}
        onKeyDown={(event) => moveFocus(event, board.current)}
      >
        {states.map((state) => (
          <Stage
            key={state}
            entity={entity}
            state={state}
            columns={columns}
            search={{ ...search, state }}
            fixed={fixed}
            told={sums.data?.rows?.find((one) => one.key === state)}
            isTold={isGrouped && sums.data !== undefined && sums.data.rows !== null}
            step={drawn ? stepsOf(drawn).find((one) => one.to === state) : undefined}
            drawn={drawn}
            onDrawn={setDrawn}
            onDrop={(step) => drawn && begin(drawn, step)}
            hrefOf={hrefOf}
            menuOf={(row) => stepsOf(row).map((step) => ({ ...step, label: label(step.verb), begin: () => begin(row, step) }))}
          />
        ))}
      </div>
      {begun && begun.asks !== 'review' && (
        <AskFirst
          title={t('verb.ask', { verb: label(begun.verb), thing: entityTitle(entity, begun.row) })}
          action={label(begun.verb)}
          bad={toneOf(begun.to) === 'bad'}
          needsReason={begun.asks === 'reason'}
          isRunning={isRunning || review.isRunning}
          onClose={() => setBegun(null)}
          onYes={(reason) => void take({ ...begun, ...(reason && { reason }) })}
        />
      )}
      {begun?.asks === 'review' && (
        <Suspense>
          <ActReview
            route={`POST ${entity.path}/:id/${begun.verb}`}
            input={{ id: begun.row.id, ...(begun.reason && { reason: begun.reason }) }}
            title={`${label(begun.verb)} · ${entityTitle(entity, begun.row)}`}
            action={label(begun.verb)}
            touches={[area]}
            onDone={() => setBegun(null)}
            onClose={() => setBegun(null)}
          />
        </Suspense>
      )}
    </>
  )
}

interface MenuStep extends StepOf {
  readonly label: string
  readonly begin: () => void
}

interface StageProps {
  readonly entity: Entity
  readonly state: string
  readonly columns: readonly Column[]
  readonly search: Search
  readonly fixed: Search | undefined
  /** How many there are and what they add up to, where that is told. */
  readonly told: GroupRow | undefined
  readonly isTold: boolean
  /** The step by which the card that is drawn comes here. */
  readonly step: StepOf | undefined
  readonly drawn: WireRow | null
  readonly onDrawn: (row: WireRow | null) => void
  readonly onDrop: (step: StepOf) => void
  readonly hrefOf: (row: WireRow) => string | null
  readonly menuOf: (row: WireRow) => readonly MenuStep[]
}

/** One state; only the cards on the screen are in the page, however many there are. */
function Stage({
  entity,
  state,
  columns,
  search,
  fixed,
  told,
  isTold,
  step,
  drawn,
  onDrawn,
  onDrop,
  hrefOf,
  menuOf,
}: StageProps) {
  const t = useT()
  const format = useFormat()
  const scroller = useRef<HTMLDivElement>(null)
  const [isOver, setOver] = useState(false)
  const list = useRows(entity, search, fixed, { hasSums: false })
  const { rows, hasMore, more } = list
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 92,
    overscan: 6,
    gap: 8,
  })
  const items = virtual.getVirtualItems()
  const last = items.at(-1)?.index ?? 0
  useEffect(() => {
    if (hasMore && last >= rows.length - 10 && rows.length > 0) more()
  }, [hasMore, last, rows.length, more])
  useEffect(() => {
    if (!drawn) setOver(false)
  }, [drawn])
  const count = told?.count ?? (isTold ? 0 : undefined)
  const sum =
    entity.headline && (entity.sums as readonly string[] | undefined)?.includes(entity.headline) ? entity.headline : undefined
  const takes = step !== undefined && drawn?.['state'] !== state
  return (
    <section
      className={classes.stage}
      aria-label={t.of('state', `${entity.name}.state.${state}`)}
      data-state={state}
      data-takes={takes || undefined}
      data-refuses={(drawn !== null && !takes) || undefined}
      data-over={(takes && isOver) || undefined}
      onDragOver={(event: DragEvent) => {
        if (!takes) return
        event.preventDefault()
        event.dataTransfer.dropEffect = 'move'
        setOver(true)
      }}
      onDragLeave={(event: DragEvent<HTMLElement>) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false)
      }}
      onDrop={(event: DragEvent) => {
        event.preventDefault()
        if (takes) onDrop(step)
        onDrawn(null)
      }}
    >
      <header className={classes.stageHead}>
        <StateBadge state={state} entity={entity} />
        {count !== undefined && (
          <span className={classes.count} aria-label={t('list.rows', { n: count })}>
            {format.number(count)}
          </span>
        )}
        {sum && told && (
          <span className={classes.sum}>
            <Value entity={entity} name={sum} field={entity.fields[sum]!} value={told.sums[sum]} refs={{}} link={false} />
          </span>
        )}
      </header>
      {takes && isOver && (
        <p className={classes.hint}>
          <IconArrowRight size={14} aria-hidden /> {t.of('verb', `${entity.name}.${step.verb}`)}
        </p>
      )}
      {list.error && rows.length === 0 ? (
        <Problem of={list.error} retry={list.retry} />
      ) : (
        <div className={classes.cards} ref={scroller} aria-busy={list.isLoading || undefined}>
          {list.isLoading && [0, 1].map((index) => <Skeleton key={index} h={84} mb={8} radius="md" />)}
          <ul style={{ height: virtual.getTotalSize() }}>
            {items.map((item) => {
              const row = rows[item.index]!
              return (
                <li
                  key={row.id}
                  ref={virtual.measureElement}
                  data-index={item.index}
                  className={classes.placed}
                  style={{ transform: `translateY(${item.start}px)` }}
                >
                  <BoardCard
                    entity={entity}
                    columns={columns}
                    list={list}
                    row={row}
                    href={hrefOf(row)}
                    isDrawn={drawn?.id === row.id}
                    onDrawn={onDrawn}
                    menu={<Steps steps={menuOf(row)} title={entityTitle(entity, row, list.refs)} />}
                  />
                </li>
              )
            })}
          </ul>
          {list.isEmpty && (
            <p className={classes.nothing}>
              <T k="board.nothing" />
            </p>
          )}
        </div>
      )}
    </section>
  )
}

/** The steps that lead on from here, for a finger and for the keyboard. */
function Steps({ steps, title }: { steps: readonly MenuStep[]; title: string }) {
  const t = useT()
  if (steps.length === 0) return null
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={t('board.move', { thing: title })} className={classes.move ?? ''}>
          <IconDots size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {steps.map((step) => (
          <Menu.Item key={step.verb} onClick={step.begin} {...(toneOf(step.to) === 'bad' && { c: 'var(--duka-bad)' })}>
            {step.label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

/** Arrows go from card to card: down and up in a column, aside to the next one that has any. */
function moveFocus(event: KeyboardEvent, board: HTMLElement | null): void {
  const card = (event.target as HTMLElement).closest<HTMLElement>('[data-card]')
  if (!board || !card || event.target !== card.querySelector('a')) return
  const stages = [...board.querySelectorAll<HTMLElement>('section')]
  const at = stages.findIndex((one) => one.contains(card))
  const cards = (stage: HTMLElement | undefined) => [...(stage?.querySelectorAll<HTMLElement>('[data-card]') ?? [])]
  const own = cards(stages[at])
  const index = own.indexOf(card)
  const isRtl = getComputedStyle(board).direction === 'rtl'
  const aside = (step: 1 | -1) => {
    for (let next = at + step; stages[next]; next += step) {
      const found = cards(stages[next])
      if (found.length > 0) return found[Math.min(index, found.length - 1)]
    }
    return undefined
  }
  const wanted = {
    ArrowDown: () => own[index + 1],
    ArrowUp: () => own[index - 1],
    ArrowRight: () => aside(isRtl ? -1 : 1),
    ArrowLeft: () => aside(isRtl ? 1 : -1),
  }[event.key]
  if (!wanted) return
  event.preventDefault()
  const found = wanted()
  found?.querySelector<HTMLElement>('a')?.focus()
  found?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
}
