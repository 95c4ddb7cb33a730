import { Button, Group, Modal } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import type { KeyboardEvent, ReactNode } from 'react'
import { ProblemNote } from './parts.tsx'
import { useT } from './words.tsx'

const FIELDS = 'input:not([type=hidden], [type=file], :disabled), textarea:not(:disabled)'
const OWN_ENTER = new Set(['submit', 'button', 'file'])

/**
 * Enter goes on to the next field, and in the last one it stays. A list that is open has taken it before; keys with Ctrl
 * are somebody else's.
 */
export function nextByEnter(event: KeyboardEvent<HTMLElement>): void {
  const from = event.target
  const isPlain = event.key === 'Enter' && !event.defaultPrevented && !event.ctrlKey && !event.metaKey
  if (!isPlain || !(from instanceof HTMLInputElement) || OWN_ENTER.has(from.type)) return
  event.preventDefault()
  const fields = [...event.currentTarget.querySelectorAll<HTMLElement>(FIELDS)].filter(
    (one) => one.tabIndex >= 0 && one.checkVisibility(),
  )
  fields[fields.indexOf(from) + 1]?.focus()
}

/**
 * A form whose act cannot be undone: goods, money. Enter never posts it, because a scanner and a habit press Enter as well;
 * its button does, which mostly opens a `Review`.
 */
export function PostingForm({
  onPost,
  onKeyDown,
  className,
  children,
}: {
  onPost: () => void
  /** Keys of the page's own; Enter alone is not among them. */
  onKeyDown?: (event: KeyboardEvent<HTMLElement>) => void
  className?: string | undefined
  children: ReactNode
}) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- it is the fields that hear the key
    <form
      noValidate
      className={className ?? ''}
      onKeyDown={(event) => {
        onKeyDown?.(event)
        nextByEnter(event)
      }}
      onSubmit={(event) => {
        event.preventDefault()
        event.stopPropagation()
        onPost()
      }}
    >
      {children}
    </form>
  )
}

/**
 * What will come of it, before it is posted. The way back has the focus: whoever pressed Enter once too often posts nothing.
 */
export function Review({
  title,
  action,
  isReady = true,
  isRunning,
  problem,
  onPost,
  onClose,
  children,
}: {
  title: string
  action: string
  isReady?: boolean
  isRunning: boolean
  problem: unknown
  onPost: () => void
  onClose: () => void
  children: ReactNode
}) {
  const t = useT()
  return (
    <Modal opened onClose={onClose} title={title} size="lg">
      {problem !== null && <ProblemNote of={problem} />}
      {children}
      <Group justify="flex-end" gap="xs" mt="lg">
        <Button variant="default" onClick={onClose} data-autofocus>
          {t('review.back')}
        </Button>
        <Button disabled={!isReady} loading={isRunning} leftSection={<IconCheck size={18} />} onClick={onPost}>
          {action}
        </Button>
      </Group>
    </Modal>
  )
}
