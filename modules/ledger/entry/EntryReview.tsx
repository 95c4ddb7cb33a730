import { Wide } from '#kit/web/parts.tsx'
import { Amount } from '#kit/web/values.tsx'
import { useT } from '#kit/web/words.tsx'
import { seededName } from '#kit/words.ts'
import { useChart } from './AccountPicker.tsx'
import { amountOf, totalsOf, type DraftLine } from './journal.rules.ts'
import classes from './journal.module.css'

/** What an entry does to each account, before it is posted. */
export function EntryReview({ lines }: { lines: readonly DraftLine[] }) {
  const t = useT()
  const { data: chart } = useChart()
  const nameOf = (line: DraftLine) => {
    const found = chart?.rows.find((row) => row.id === line.account)
    return found ? `${found.code} ${seededName(t, found)}` : ''
  }
  const { debit, credit } = totalsOf(lines)
  return (
    <Wide label={t('entry.post')} of={340} stacks>
      <div className={classes.review}>
        <table>
          <thead>
            <tr>
              <th>{t('field.account')}</th>
              <th>{t('books.debit')}</th>
              <th>{t('books.credit')}</th>
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => {
              const amount = amountOf(line)
              return (
                <tr key={line.key}>
                  <td>
                    {nameOf(line)}
                    {line.memo.trim() && <small>{line.memo}</small>}
                  </td>
                  <td data-label={amount > 0n ? t('books.debit') : undefined}>{amount > 0n && <Amount of={amount} plain />}</td>
                  <td data-label={amount < 0n ? t('books.credit') : undefined}>{amount < 0n && <Amount of={-amount} plain />}</td>
                </tr>
              )
            })}
          </tbody>
          <tfoot>
            <tr>
              <td />
              <td data-label={t('books.debit')}>
                <Amount of={debit} plain />
              </td>
              <td data-label={t('books.credit')}>
                <Amount of={credit} plain />
              </td>
            </tr>
          </tfoot>
        </table>
      </div>
    </Wide>
  )
}
