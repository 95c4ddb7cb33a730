import { Button } from '@mantine/core'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { useEffect, useRef, type KeyboardEvent } from 'react'
import { QuantityInput } from '#kit/web/input/figures.tsx'
import { useT } from '#kit/web/base/words.tsx'
import { CountedBy } from './CountedBy.tsx'
import type { Counting } from './useCounting.tsx'
import classes from './stock-count.module.css'

/** One line at a time, as large as a phone has room for: the figure, and on to the next. */
export function CountOne({ counting, at, onGo }: { counting: Counting; at: number; onGo: (index: number) => void }) {
  const t = useT()
  const { lines, tallies } = counting
  const line = lines[at]!
  const field = useRef<HTMLInputElement>(null)
  const hasMoved = useRef(false)
  useEffect(() => {
    if (hasMoved.current) field.current?.focus({ preventScroll: true })
    hasMoved.current = false
  }, [line.id])
  const go = (index: number) => {
    if (index < 0 || index >= lines.length) return
    hasMoved.current = true
    tallies.setTyping(null)
    onGo(index)
  }
  const enter = (event: KeyboardEvent) => {
    if (event.key !== 'Enter') return
    event.preventDefault()
    if (at + 1 < lines.length) go(at + 1)
    else field.current?.blur()
  }
  const nothing = () => {
    tallies.say(line.id, '0')
    go(at + 1)
  }
  return (
    <section className={classes.one} aria-label={line.name}>
      <p className={classes.place}>{t('stockCount.place', { n: at + 1, of: lines.length })}</p>
      <h2>{line.name}</h2>
      <p className={classes.hint}>{counting.hint(line)}</p>
      <QuantityInput
        key={line.id}
        ref={field}
        size="xl"
        label={t('field.counted')}
        aria-label={`${t('field.counted')}: ${[line.name, counting.lotOf(line)].filter(Boolean).join(' · ')}`}
        unit={line.unit}
        enterKeyHint="next"
        {...counting.input(line)}
        onKeyDown={enter}
      />
      <CountedBy counting={counting} line={line} />
      <div className={classes.steps}>
        <Button size="lg" variant="default" aria-label={t('stockCount.before')} disabled={at === 0} onClick={() => go(at - 1)}>
          <IconChevronLeft className={classes.arrow ?? ''} size={22} />
        </Button>
        <Button size="lg" variant="default" onClick={nothing}>
          {t('stockCount.nothing')}
        </Button>
        <Button
          size="lg"
          disabled={at + 1 >= lines.length}
          rightSection={<IconChevronRight className={classes.arrow ?? ''} size={22} />}
          onClick={() => go(at + 1)}
        >
          {t('stockCount.next')}
        </Button>
      </div>
    </section>
  )
}
