/**
 * Escape closes one window, the uppermost: each window hears the key by itself, and the lower one had it first. What is open inside
 * of the uppermost, a list or a menu, goes before it.
 */
export function closeUppermost(): void {
  window.addEventListener(
    'keydown',
    (event) => {
      const open = [...document.querySelectorAll<HTMLElement>('[role=dialog][aria-modal=true]')]
      const isInner = (event.target as Element | null)?.getAttribute?.('data-mantine-stop-propagation') === 'true'
      if (event.key !== 'Escape' || event.isComposing || open.length < 2 || isInner) return
      event.preventDefault()
      event.stopImmediatePropagation()
      open.at(-1)!.querySelector<HTMLElement>('.mantine-Modal-close')?.click()
    },
    { capture: true },
  )
}
