import { Popover, type PopoverProps } from '@mantine/core'
import { useEffect, useRef, type KeyboardEvent, type ReactElement, type ReactNode, type SyntheticEvent } from 'react'

interface BubbleProps {
  /** What opens it; opening is its own doing. */
  readonly target: ReactElement
  readonly isOpen: boolean
  readonly onClose: () => void
  readonly position?: NonNullable<PopoverProps['position']>
  readonly padding?: 'sm' | 4
  readonly className?: string | undefined
  /** What opens it is a field, which is no button: it says itself what it opens. */
  readonly ofField?: boolean
  readonly children: ReactNode
}

/**
 * A small window beside what opened it. The list of a picker inside stands elsewhere in the document, because it must not be
 * cut off; it is inside all the same, so choosing from it closes nothing. React passes events along components, and that
 * is how inside is told from outside here.
 */
export function Bubble({
  target,
  isOpen,
  onClose,
  position = 'bottom-start',
  padding,
  className,
  ofField = false,
  children,
}: BubbleProps) {
  const inside = useRef<Event | null>(null)
  const close = useRef(onClose)
  useEffect(() => {
    close.current = onClose
  })
  useEffect(() => {
    if (!isOpen) return undefined
    const press = (event: Event) => {
      if (event !== inside.current) close.current()
    }
    document.addEventListener('mousedown', press)
    document.addEventListener('touchstart', press)
    return () => {
      document.removeEventListener('mousedown', press)
      document.removeEventListener('touchstart', press)
    }
  }, [isOpen])
  const mark = (event: SyntheticEvent) => {
    inside.current = event.nativeEvent
  }
  // Escape closes the innermost: first the list of a picker, then this.
  const onKeyDown = (event: KeyboardEvent) => {
    const isListOpen = (event.target as HTMLElement).getAttribute('aria-expanded') === 'true'
    if (event.key !== 'Escape' || isListOpen) return
    event.stopPropagation()
    onClose()
  }
  return (
    <Popover
      opened={isOpen}
      position={position}
      withRoles={!ofField}
      trapFocus
      returnFocus
      closeOnClickOutside={false}
      closeOnEscape={false}
    >
      <span role="presentation" style={{ display: 'contents' }} onMouseDownCapture={mark} onTouchStartCapture={mark}>
        <Popover.Target>{target}</Popover.Target>
      </span>
      <Popover.Dropdown
        className={className ?? ''}
        {...(padding !== undefined && { p: padding })}
        onMouseDownCapture={mark}
        onTouchStartCapture={mark}
        onKeyDown={onKeyDown}
      >
        {children}
      </Popover.Dropdown>
    </Popover>
  )
}
