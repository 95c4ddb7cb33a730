import { IconCheck } from '@tabler/icons-react'
import { Amount } from '#kit/web/entity/values.tsx'
import { useT } from '#kit/web/base/words.tsx'
import { totalsOf, type DraftLine } from './journal.rules.ts'
import books from '../books.module.css'
import classes from './journal.module.css'

/** Debits, credits, and what is missing until they are the same. */
export function Totals({ lines }: { lines: readonly DraftLine[] }) {
  const t = useT()
  const { debit, credit, difference } = totalsOf(lines)
  return (
    <div role="status">
      <dl className={classes.totals}>
        <div>
          <dt>{t('account.debits')}</dt>
          <dd>
            <Amount of={debit} plain />
          </dd>
        </div>
        <div>
          <dt>{t('account.credits')}</dt>
          <dd>
            <Amount of={credit} plain />
          </dd>
        </div>
        <div>
          <dt>{t('field.variance')}</dt>
          <dd className={difference !== 0n ? books.odd : debit > 0n ? books.balanced : undefined}>
            {difference === 0n && debit > 0n ? (
              <>
                <IconCheck size={15} aria-hidden /> {t('entry.balances')}
              </>
            ) : (
              <Amount of={difference < 0n ? -difference : difference} plain />
            )}
          </dd>
        </div>
      </dl>
    </div>
  )
}
