import { CloseButton } from '@mantine/core'
import type { ReactNode } from 'react'
import { T, useT } from '../base/words.tsx'
import classes from './list.module.css'

/** How many rows are selected, and what can be done with them. */
export function Selection({ count, onClear, children }: { count: number; onClear: () => void; children: ReactNode }) {
  const t = useT()
  return (
    <div className={classes.selection} role="status">
      <CloseButton size="sm" aria-label={t('list.unselect')} onClick={onClear} />
      <strong>
        <T k="list.selected" n={count} />
      </strong>
      <span className={classes.spring} />
      {children}
    </div>
  )
}
