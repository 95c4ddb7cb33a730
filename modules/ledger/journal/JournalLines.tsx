import { ActionIcon, TextInput } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef, type KeyboardEvent } from 'react'
import { AmountInput } from '#kit/web/input/figures.tsx'
import { useScroller } from '#kit/web/list/scroller.ts'
import { RefPicker } from '#kit/web/entity/RefPicker.tsx'
import { useT } from '#kit/web/base/words.tsx'
import { party } from '#modules/parties/party/party.ts'
import { AccountPicker, useChart } from '../account/AccountPicker.tsx'
import { isByParty } from '../account/account.rules.ts'
import { isBlank, totalsOf, type DraftLine } from './journal.rules.ts'
import classes from './journal.module.css'

interface LinesProps {
  readonly lines: readonly DraftLine[]
  readonly onChange: (lines: readonly DraftLine[]) => void
  readonly blank: () => DraftLine
  /** What the server or the form refused, by key of the line and field. */
  readonly errors: Readonly<Record<string, Readonly<Record<string, string>>>>
}

// As high as a line mostly is: an input and the gap below it.
const LINE = 44

/**
 * The lines as they are typed. Only those near the screen are in the page, however many there are. Enter in an amount goes to the next line, which is made when there is none; `=` puts in what
 * is missing for the entry to balance.
 */
export function JournalLines({ lines, onChange, blank, errors }: LinesProps) {
  const t = useT()
  const { data: chart } = useChart()
  const frame = useRef<HTMLDivElement>(null)
  const wanted = useRef<number | null>(null)
  const { scroller, above } = useScroller(frame, lines.length)
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller,
    estimateSize: () => LINE,
    getItemKey: (index) => lines[index]!.key,
    scrollMargin: above,
    overscan: 12,
  })
  const shown = virtual.getVirtualItems()
  const inputOf = (index: number) => frame.current?.querySelector<HTMLElement>(`[data-index="${index}"] input`)
  const focus = (index: number) => {
    wanted.current = index
    if (!inputOf(index)) virtual.scrollToIndex(Math.min(index, lines.length - 1), { align: 'center' })
    reach()
  }
  // The line that Enter made, or one far away, is there only after it has been shown.
  const reach = () => {
    const input = wanted.current === null ? undefined : inputOf(wanted.current)
    if (!input) return
    wanted.current = null
    input.focus()
    input.scrollIntoView({ block: 'nearest' })
  }
  useEffect(reach)
  const change = (index: number, changes: Partial<DraftLine>) => {
    const next = lines.map((line, at) => (at === index ? { ...line, ...changes } : line))
    onChange(isBlank(next.at(-1)!) ? next : [...next, blank()])
  }
  const remove = (index: number) =>
    onChange(lines.length > 2 ? lines.filter((_, at) => at !== index) : lines.with(index, blank()))
  const onAmountKey = (index: number) => (event: KeyboardEvent) => {
    if (event.key === '=') {
      event.preventDefault()
      fill(index)
      // Filling has made the next line, if there was none.
      if (index + 1 < lines.length) focus(index + 1)
      else wanted.current = index + 1
    }
    if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) {
      event.preventDefault()
      advance(index)
    }
  }
  const fill = (index: number) => {
    const { difference } = totalsOf(lines.filter((_, at) => at !== index))
    if (difference > 0n) change(index, { debit: null, credit: String(difference) })
    if (difference < 0n) change(index, { debit: String(-difference), credit: null })
  }
  const advance = (index: number) => {
    if (index + 1 < lines.length) focus(index + 1)
    else {
      wanted.current = index + 1
      if (!isBlank(lines.at(-1)!)) onChange([...lines, blank()])
    }
  }
  return (
    <div className={classes.lines}>
      <div className={classes.titles} aria-hidden>
        <span>{t('field.account')}</span>
        <span>{t('field.memo')}</span>
        <span className={classes.end}>{t('books.debit')}</span>
        <span className={classes.end}>{t('books.credit')}</span>
        <span />
      </div>
      <div
        ref={frame}
        style={{
          paddingTop: (shown[0]?.start ?? above) - above,
          paddingBottom: virtual.getTotalSize() - ((shown.at(-1)?.end ?? above) - above),
        }}
      >
        {shown.map(({ index, key }) => {
          const line = lines[index]!
          return (
            <div key={key} ref={virtual.measureElement} data-index={index} className={classes.row}>
              <fieldset className={classes.line} data-line={index}>
                <legend className={classes.legend}>{t('entry.line', { n: index + 1 })}</legend>
                <AccountPicker
                  value={line.account}
                  error={!line.account && Boolean(line.debit || line.credit)}
                  onChange={(account) => change(index, { account, party: null })}
                />
                <TextInput
                  className={classes.memo ?? ''}
                  aria-label={t('field.memo')}
                  placeholder={t('field.memo')}
                  maxLength={200}
                  autoComplete="off"
                  value={line.memo ?? ''}
                  onChange={(event) => change(index, { memo: event.currentTarget.value })}
                />
                <AmountInput
                  className={classes.amount ?? ''}
                  aria-label={t('books.debit')}
                  placeholder={t('books.debit')}
                  rightSection={null}
                  value={line.debit}
                  error={errors[line.key]?.['debit']}
                  onChange={(debit) => change(index, { debit, ...(debit && { credit: null }) })}
                  onKeyDown={onAmountKey(index)}
                />
                <AmountInput
                  className={classes.amount ?? ''}
                  aria-label={t('books.credit')}
                  placeholder={t('books.credit')}
                  rightSection={null}
                  value={line.credit}
                  error={errors[line.key]?.['credit']}
                  onChange={(credit) => change(index, { credit, ...(credit && { debit: null }) })}
                  onKeyDown={onAmountKey(index)}
                />
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  size="lg"
                  className={classes.remove ?? ''}
                  aria-label={t('entry.removeLine', { n: index + 1 })}
                  onClick={() => remove(index)}
                >
                  <IconX size={16} />
                </ActionIcon>
                {isByParty(chart?.rows.find((row) => row.id === line.account)?.part) && (
                  <div className={classes.party}>
                    <RefPicker
                      to={party}
                      aria-label={t('field.ledger.journal.party')}
                      placeholder={t('field.ledger.journal.party')}
                      value={line.party}
                      onChange={(id) => change(index, { party: id })}
                    />
                  </div>
                )}
              </fieldset>
            </div>
          )
        })}
      </div>
    </div>
  )
}
