import { Button, Group, Menu, Text, Textarea } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import { useState } from 'react'
import { verbsFrom, type Machine } from '../../machine.ts'
import { useAction } from '../base/command.tsx'
import type { Entity } from '../../entity.ts'
import { entityTitle, type Refs, type WireRow } from './entity.ts'
import { request } from '../base/request.ts'
import { useSession } from '../session/session.tsx'
import { toneOf } from './values.tsx'
import { T, useT } from '../base/words.tsx'
import { Window } from '../look/Window.tsx'

export interface VerbFacts {
  /** The last part of the address: `completion` for `POST /pos/sales/:id/completion`. The verb itself otherwise. */
  readonly path?: string
  /** Asks for a reason and sends it as `reason`. */
  readonly needsReason?: boolean
  /** Asks before doing it. Steps that end a life are always asked for. */
  readonly confirm?: boolean
  /** Does it another way than by one request: opens a dialog, goes to a page. */
  readonly run?: (row: WireRow) => void
}

export interface VerbsProps {
  readonly entity: Entity
  readonly row: WireRow
  /** What it is called, where its own field doesn't say it. */
  readonly refs?: Refs
  /** The life, when the entity does not name it. */
  readonly life?: Machine
  readonly field?: string
  readonly verbs?: Readonly<Record<string, VerbFacts>>
  /** Verbs that stand somewhere else on the page. */
  readonly without?: readonly string[]
  readonly touches?: readonly string[]
}

/** What this person may do with a record now: the steps of its life that lead on from its state and that they hold. */
export function Verbs({ entity, row, refs, life, field = 'state', verbs = {}, without = [], touches }: VerbsProps) {
  const t = useT()
  const machine = life ?? entity.life
  const { may } = useSession()
  const [asked, ask] = useState<string | null>(null)
  const { run, isRunning } = useStep(entity, row, verbs, touches)
  if (!machine) return null
  const placeOf = (verb: string) => {
    const at = machine.steps[verb]?.at ?? entity.scope?.place
    return at ? (row[at] as string | null) : null
  }
  const possible = verbsFrom(machine, String(row[field])).filter(
    (verb) => !without.includes(verb) && may(machine.steps[verb]?.can, placeOf(verb)),
  )
  const endsBadly = (verb: string) => toneOf(machine.steps[verb]?.to ?? '') === 'bad'
  const start = (verb: string) => {
    const own = verbs[verb]?.run
    if (own) own(row)
    else if (endsBadly(verb) || verbs[verb]?.confirm || verbs[verb]?.needsReason) ask(verb)
    else void run({ verb })
  }
  const label = (verb: string) => t.of('verb', `${entity.name}.${verb}`)
  const [main, rest] = [possible.filter((verb) => !endsBadly(verb)), possible.filter(endsBadly)]
  return (
    <>
      {main.map((verb, index) => (
        <Button
          key={verb}
          variant={index === 0 ? 'filled' : 'default'}
          loading={isRunning && asked === null}
          onClick={() => start(verb)}
        >
          {label(verb)}
        </Button>
      ))}
      {rest.length === 1 && (
        <Button variant="default" c="var(--duka-bad)" onClick={() => start(rest[0]!)}>
          {label(rest[0]!)}
        </Button>
      )}
      {rest.length > 1 && (
        <Menu position="bottom-end">
          <Menu.Target>
            <Button variant="default" px="xs" aria-label={t('common.more')}>
              <IconDots size={18} />
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {rest.map((verb) => (
              <Menu.Item key={verb} c="var(--duka-bad)" onClick={() => start(verb)}>
                {label(verb)}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
      {asked !== null && (
        <AskFirst
          title={t('verb.ask', { verb: label(asked), thing: entityTitle(entity, row, refs) })}
          action={label(asked)}
          bad={endsBadly(asked)}
          needsReason={verbs[asked]?.needsReason ?? false}
          isRunning={isRunning}
          onClose={() => ask(null)}
          onYes={async (reason) => {
            if ((await run({ verb: asked, ...(reason && { reason }) })) !== undefined) ask(null)
          }}
        />
      )}
    </>
  )
}

function useStep(entity: Entity, row: WireRow, verbs: Readonly<Record<string, VerbFacts>>, touches: readonly string[] = []) {
  return useAction(
    async ({ verb, reason }: { verb: string; reason?: string }, key: string) => {
      await request('POST', `${entity.path}/${row.id}/${verbs[verb]?.path ?? verb}`, reason ? { reason } : {}, { key })
      return true
    },
    { touches: [entity.name.split('.')[0] ?? '', ...touches], done: 'common.done' },
  )
}

/** A question before something is done, with a reason when one is needed. */
export function AskFirst({
  title,
  text,
  action,
  bad = false,
  needsReason = false,
  isRunning = false,
  onYes,
  onClose,
}: {
  title: string
  text?: string
  action: string
  bad?: boolean
  needsReason?: boolean
  isRunning?: boolean
  onYes: (reason: string) => void
  onClose: () => void
}) {
  const t = useT()
  const [reason, setReason] = useState('')
  return (
    <Window onClose={onClose} title={title} size="sm">
      {text && (
        <Text size="sm" c="dimmed" mb="md">
          {text}
        </Text>
      )}
      {needsReason && (
        <Textarea
          label={t('verb.reason')}
          data-autofocus
          autosize
          minRows={2}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      )}
      <Group justify="flex-end" gap="xs" mt="lg">
        <Button variant="default" onClick={onClose}>
          <T k="common.cancel" />
        </Button>
        <Button
          {...(bad && { color: 'red.8' })}
          loading={isRunning}
          disabled={needsReason && reason.trim().length < 3}
          onClick={() => onYes(reason.trim())}
        >
          {action}
        </Button>
      </Group>
    </Window>
  )
}
