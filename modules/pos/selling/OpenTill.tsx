import { Button, SegmentedControl } from '@mantine/core'
import { IconArrowLeft, IconArrowsExchange, IconLockOpen } from '@tabler/icons-react'
import { useState } from 'react'
import { newId } from '#kit/id.ts'
import { useCommand } from '#kit/web/base/command.tsx'
import { ProblemNote } from '#kit/web/look/parts.tsx'
import { PostingForm } from '#kit/web/review/PostingForm.tsx'
import { useGo } from '#kit/web/base/url.tsx'
import { T, useT } from '#kit/web/base/words.tsx'
import { Denominations, sumOf, type Counts } from '../shift/Denominations.tsx'
import { AmountInput } from '#kit/web/input/figures.tsx'
import type { shiftRoutes } from '../shift/shift.routes.ts'
import { floatSources } from '../shift/shift.ts'
import classes from './sell.module.css'

/** Opens a till with its float: the amount, or the notes and coins counted one by one. */
export function OpenTill({
  till,
  currency,
  floatFrom,
  onOpened,
  onLeave,
}: {
  till: { id: string; name: string; placeName: string }
  currency: string
  /** Where a float comes from most likely: the safe, when there is money in it. */
  floatFrom: (typeof floatSources)[number]
  onOpened: () => void
  onLeave: (() => void) | undefined
}) {
  const t = useT()
  const go = useGo()
  const [id] = useState(newId)
  const [float, setFloat] = useState<string | null>(null)
  const [counts, setCounts] = useState<Counts | null>(null)
  const [source, setSource] = useState<(typeof floatSources)[number]>(floatFrom)
  const open = useCommand<typeof shiftRoutes>()('POST /pos/shifts', {
    quiet: true,
    onDone: onOpened,
    touches: ['pos', 'accounts', 'entries'],
  })
  const total = counts ? String(sumOf(counts)) : (float ?? '0')
  const submit = () => {
    void open.run({ id, till: till.id, float: total as never, source, ...(counts && { denominations: counts }) })
  }
  return (
    <main className={classes.open}>
      <PostingForm className={classes.openCard} onPost={submit}>
        <header>
          <h1>
            <T k="till.open" name={till.name} />
          </h1>
          <p>{till.placeName}</p>
        </header>
        {open.problem && <ProblemNote of={open.problem} />}
        {counts ? (
          <Denominations currency={currency} counts={counts} onChange={setCounts} />
        ) : (
          <AmountInput
            data-autofocus
            autoFocus
            size="lg"
            label={t('till.float')}
            description={t('till.floatHint')}
            value={float}
            onChange={setFloat}
          />
        )}
        <Button variant="subtle" size="compact-sm" type="button" onClick={() => setCounts(counts ? null : {})}>
          {t(counts ? 'till.typeAmount' : 'till.countNotes')}
        </Button>
        <div className={classes.source}>
          <span id="float-from">{t('field.floatFrom')}</span>
          <SegmentedControl
            fullWidth
            aria-labelledby="float-from"
            value={source}
            onChange={(value) => setSource(value as typeof source)}
            data={floatSources.map((one) => ({ value: one, label: t(`till.floatFrom.${one}`) }))}
          />
        </div>
        <Button type="submit" size="lg" loading={open.isRunning} leftSection={<IconLockOpen size={20} />}>
          {t('till.openNow')}
        </Button>
        <Button
          variant="subtle"
          type="button"
          leftSection={<IconArrowLeft size={18} className={classes.flip} />}
          onClick={() => go('/')}
        >
          {t('till.back')}
        </Button>
        {onLeave && (
          <Button variant="subtle" type="button" leftSection={<IconArrowsExchange size={18} />} onClick={onLeave}>
            {t('till.another')}
          </Button>
        )}
      </PostingForm>
    </main>
  )
}
