import { NumberInput, SegmentedControl, Select } from '@mantine/core'
import { useSession } from '#kit/web/session/session.tsx'
import { useT } from '#kit/web/base/words.tsx'
import { isRoll, labelPapers, paperNames, perSheet, type LabelPaperName } from './labels.ts'
import type { LabelChoice } from './useLabels.tsx'
import classes from './labels.module.css'

interface SettingsProps {
  readonly choice: LabelChoice
  readonly onChoose: (changes: Partial<LabelChoice>) => void
  readonly place: string
  readonly onPlace: (id: string) => void
  readonly first: number
  readonly onFirst: (first: number) => void
}

/** Which kind of label, with whose prices, on what paper, and where a begun sheet goes on. */
export function LabelSettings({ choice, onChoose, place, onPlace, first, onFirst }: SettingsProps) {
  const t = useT()
  const { places } = useSession()
  const most = perSheet(labelPapers[choice.paper])
  const named = (name: LabelPaperName) => {
    const { width, height, columns, rows } = labelPapers[name]
    // Width before height, whichever way the line is read.
    const size = `\u2066${width} × ${height}\u2069`
    return isRoll(name) ? t('label.roll', { size }) : t('label.sheet', { size, count: columns * rows })
  }
  return (
    <div className={classes.settings}>
      <div>
        <SegmentedControl
          fullWidth
          aria-label={t('label.kind')}
          value={choice.kind}
          onChange={(kind) => onChoose({ kind: kind as LabelChoice['kind'] })}
          data={(['shelf', 'article'] as const).map((value) => ({ value, label: t(`label.${value}`) }))}
        />
      </div>
      <Select
        label={t('label.paper')}
        allowDeselect={false}
        value={choice.paper}
        onChange={(paper) => paper && onChoose({ paper: paper as LabelPaperName })}
        data={paperNames.map((name) => ({ value: name, label: named(name) }))}
      />
      {places.length > 1 && (
        <Select
          label={t('label.pricesOf')}
          allowDeselect={false}
          value={place}
          onChange={(id) => id && onPlace(id)}
          data={places.map((one) => ({ value: one.id, label: one.name }))}
        />
      )}
      {!isRoll(choice.paper) && (
        <NumberInput
          label={t('label.first')}
          description={t('label.firstHint')}
          min={1}
          max={most}
          clampBehavior="strict"
          allowDecimal={false}
          value={first}
          onChange={(value) => onFirst(Math.min(most, Math.max(1, Number(value) || 1)))}
        />
      )}
    </div>
  )
}
