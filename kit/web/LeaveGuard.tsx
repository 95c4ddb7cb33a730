import { Button, Group, Modal, Text } from '@mantine/core'
import { useBlocker } from '@tanstack/react-router'
import { useUnsaved } from './idle.ts'
import { T, useT } from './words.tsx'

/** Asks before a page with unsaved work is left. */
export function LeaveGuard({ when, onDiscard }: { when: boolean; onDiscard?: () => void }) {
  const t = useT()
  useUnsaved(when)
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) => when && current.pathname !== next.pathname,
    enableBeforeUnload: () => when,
    withResolver: true,
  })
  if (blocker.status !== 'blocked') return null
  const discard = () => {
    onDiscard?.()
    blocker.proceed()
  }
  return (
    <Modal opened onClose={blocker.reset} title={t('form.leaveTitle')} size="sm">
      <Text size="sm" c="dimmed" mb="lg">
        <T k="form.leaveText" />
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
    </Modal>
  )
}
