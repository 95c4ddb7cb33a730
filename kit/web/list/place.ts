import { useRouter } from '@tanstack/react-router'
import { useEffect, useLayoutEffect, useRef, type RefObject } from 'react'

const places = new Map<string, number>()

/** Remembers how far a list was scrolled, and goes there again when somebody comes back to it. */
export function useScrollPlace(scroller: RefObject<HTMLElement | null>, isReady: boolean): void {
  const router = useRouter()
  const key = useRef(router.state.location.state.__TSR_key ?? router.state.location.href)
  const restored = useRef(false)
  useLayoutEffect(() => {
    if (!isReady || restored.current) return
    restored.current = true
    const top = places.get(key.current)
    if (top) scroller.current?.scrollTo({ top })
  }, [isReady, scroller])
  useEffect(() => {
    const element = scroller.current
    const remember = () => element && places.set(key.current, element.scrollTop)
    element?.addEventListener('scroll', remember, { passive: true })
    return () => element?.removeEventListener('scroll', remember)
  }, [scroller])
}
