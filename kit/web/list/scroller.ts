import { useLayoutEffect, useState, type RefObject } from 'react'

/** What scrolls the page around the list, and how far below its beginning the list begins, when it has `count` lines. */
export function useScroller(frame: RefObject<HTMLElement | null>, count: number) {
  const [found, setFound] = useState<{ scroller: HTMLElement | null; above: number }>({ scroller: null, above: 0 })
  useLayoutEffect(() => {
    if (!frame.current) return
    const scroller = frame.current.closest<HTMLElement>('main') ?? document.documentElement
    const above = frame.current.getBoundingClientRect().top - scroller.getBoundingClientRect().top + scroller.scrollTop
    setFound({ scroller, above: Math.round(above) })
  }, [frame, count])
  return found
}
