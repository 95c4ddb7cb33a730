import { IconCircleCheck } from '@tabler/icons-react'
import { T } from '#kit/web/base/words.tsx'
import type { Counting, CountingLine } from './useCounting.tsx'
import classes from './stock-count.module.css'

/** Who counted a line, oneself and others; what the others found is not known here. */
export function CountedBy({ counting, line }: { counting: Counting; line: CountingLine }) {
  const { isMine, others } = counting.countedBy(line)
  if (!isMine && others.length === 0) return null
  return (
    <span className={classes.by}>
      <IconCircleCheck size={16} aria-hidden />
      <bdi>
        {isMine && <T k="stockCount.you" />}
        {isMine && others.length > 0 && ' · '}
        {others.join(' · ')}
      </bdi>
    </span>
  )
}
