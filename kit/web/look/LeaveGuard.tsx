import { Button, Group, Text } from '@mantine/core'
import { useBlocker } from '@tanstack/react-router'
import { useUnsaved } from '../session/idle.ts'
import type { Search } from '../base/url.tsx'
import { T, useT } from '../base/words.tsx'
import { Window } from './Window.tsx'

/**
 * Asks before unsaved work is left: the page, or what of it the parameters `of` choose. With `onDiscard` what was typed is kept
 * as a draft, without it is lost.
 */
export function LeaveGuard({ when, of = [], onDiscard }: { when: boolean; of?: readonly string[]; onDiscard?: () => void }) {
  const t = useT()
  useUnsaved(when)
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) =>
      when && (current.pathname !== next.pathname || of.some((name) => valueIn(current, name) !== valueIn(next, name))),
    enableBeforeUnload: () => when,
    withResolver: true,
  })
  if (blocker.status !== 'blocked') return null
  const discard = () => {
    onDiscard?.()
    blocker.proceed()
  }
  return (
    <Window onClose={blocker.reset} title={t('form.leaveTitle')} size="sm">
      <Text size="sm" c="dimmed" mb="lg">
        <T k={onDiscard ? 'form.leaveText' : 'form.leaveLost'} />
      </Text>
      <Group justify="flex-end" gap="xs">
        {onDiscard && (
          <Button variant="subtle" color="red" onClick={discard} me="auto">
            <T k="form.discardDraft" />
          </Button>
        )}
        <Button variant="default" onClick={blocker.proceed}>
          <T k="form.leave" />
        </Button>
        <Button onClick={blocker.reset} data-autofocus>
          <T k="form.stay" />
        </Button>
      </Group>
    </Window>
  )
}

const valueIn = (location: { search: unknown }, name: string) => (location.search as Search)[name]
