import { Button, Group } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import { useEffect, useRef, type KeyboardEvent, type ReactNode, type RefObject } from 'react'
import { ProblemNote } from '../look/parts.tsx'
import { useT } from '../base/words.tsx'
import { Window } from '../look/Window.tsx'

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
    (one) => one.tabIndex >= 0 && one.checkVisibility() && !isBesideChosen(one),
  )
  fields[fields.indexOf(from) + 1]?.focus()
}

/** Of a group of radios the chosen one stands for all, as it does for Tab. */
function isBesideChosen(one: HTMLElement): boolean {
  if (!(one instanceof HTMLInputElement) || one.type !== 'radio' || one.checked) return false
  const group = one.form?.elements.namedItem(one.name)
  return group instanceof RadioNodeList && group.value !== ''
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
  const form = useRef<HTMLFormElement>(null)
  useCompletingKey(form)
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- it is the fields that hear the key
    <form
      noValidate
      ref={form}
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
 * F9 completes, wherever the focus is: it presses the button, or that of the form, unless a window that is open has the keys. A key
 * that is held down completes one thing, and not the next that it opened.
 */
export function useCompletingKey(of: RefObject<HTMLFormElement | HTMLButtonElement | null>): void {
  useEffect(() => {
    const heard = (event: globalThis.KeyboardEvent) => {
      if (event.key !== 'F9' || event.defaultPrevented) return
      const above = [...document.querySelectorAll('[role=dialog][aria-modal=true]')].at(-1)
      if (above && !above.contains(of.current)) return
      event.preventDefault()
      if (event.repeat) return
      const own = of.current
      const button = own instanceof HTMLFormElement ? own.querySelector<HTMLButtonElement>('button[type=submit]') : own
      // What is disabled hears no click.
      button?.click()
    }
    addEventListener('keydown', heard)
    return () => removeEventListener('keydown', heard)
  }, [of])
}

/**
 * What will come of it, before it is posted. The way back has the focus: whoever pressed Enter once too often posts nothing; F9 posts.
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
  const act = useRef<HTMLButtonElement>(null)
  useCompletingKey(act)
  return (
    <Window onClose={onClose} title={title} size="lg">
      {problem !== null && <ProblemNote of={problem} />}
      {children}
      <Group justify="flex-end" gap="xs" mt="lg">
        <Button variant="default" onClick={onClose} data-autofocus>
          {t('review.back')}
        </Button>
        <Button ref={act} disabled={!isReady} loading={isRunning} leftSection={<IconCheck size={18} />} onClick={onPost}>
          {action}
        </Button>
      </Group>
    </Window>
  )
}
