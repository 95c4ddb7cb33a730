import { Modal, type ModalProps } from '@mantine/core'
import { useEffect } from 'react'
import { useFocusBack } from '../base/useFocusBack.ts'

/** A window that is in the page only while it is open: its closing hands the focus back, which a `Modal` that goes with it can't. */
export function Window(props: Omit<ModalProps, 'opened'>) {
  useFocusBack()
  useFocusKept()
  return <Modal opened {...props} />
}

/** A page that settles beneath the window may take the focus for itself: what is typed goes on in the window. */
function useFocusKept(): void {
  useEffect(() => {
    let last: HTMLElement | null = null
    const heard = ({ target }: FocusEvent) => {
      if (!(target instanceof HTMLElement)) return
      if (target.closest('[role=dialog]')) last = target
      else if (target.closest('#content') && last?.isConnected) last.focus({ preventScroll: true })
    }
    document.addEventListener('focusin', heard)
    return () => document.removeEventListener('focusin', heard)
  }, [])
}
