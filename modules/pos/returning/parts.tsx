import { ActionIcon, Button, Select, TextInput } from '@mantine/core'
import { IconMinus, IconPlus } from '@tabler/icons-react'
import { QTY_ONE } from '#kit/quantity.ts'
import { useT } from '#kit/web/base/words.tsx'
import { Quantity } from '#kit/web/entity/values.tsx'
import { QuantityInput } from '#kit/web/input/figures.tsx'
import { dispositions, reasons } from '#modules/returns/return/return.ts'
import classes from './returning.module.css'

interface HowManyProps {
  readonly name: string
  readonly unit: string | null
  /** Is it counted in pieces; everything else is typed. */
  readonly isWhole: boolean
  readonly quantity: bigint
  /** Where no more than so many can come back. */
  readonly most?: bigint
  readonly onChange: (quantity: bigint) => void
}

/** How many of an article come back. */
export function HowMany({ name, unit, isWhole, quantity, most, onChange }: HowManyProps) {
  const t = useT()
  return (
    <span className={classes.steps}>
      {isWhole ? (
        <>
          <ActionIcon
            variant="default"
            size={40}
            disabled={quantity === 0n}
            aria-label={t('back.less', { name })}
            onClick={() => onChange(quantity - QTY_ONE)}
          >
            <IconMinus size={17} />
          </ActionIcon>
          <b>
            <Quantity of={String(quantity)} unit={unit} />
          </b>
          <ActionIcon
            variant="default"
            size={40}
            disabled={most !== undefined && quantity >= most}
            aria-label={t('back.moreOf', { name })}
            onClick={() => onChange(quantity + QTY_ONE)}
          >
            <IconPlus size={17} />
          </ActionIcon>
        </>
      ) : (
        <QuantityInput
          aria-label={t('field.quantity')}
          value={quantity === 0n ? null : String(quantity)}
          onChange={(value) => onChange(value && /^\d{1,15}$/.test(value) ? BigInt(value) : 0n)}
        />
      )}
      {most !== undefined && (
        <Button variant="subtle" size="compact-md" type="button" disabled={quantity === most} onClick={() => onChange(most)}>
          {t('back.all')}
        </Button>
      )}
    </span>
  )
}

/** Where units go that came back. */
export function Where({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const t = useT()
  return (
    <div className={classes.where}>
      <Select
        label={t('back.where')}
        allowDeselect={false}
        value={value}
        onChange={(chosen) => onChange(chosen ?? 'shelf')}
        data={dispositions.map((one) => ({ value: one, label: t(`state.returns.return.disposition.${one}`) }))}
      />
    </div>
  )
}

interface WhyProps {
  readonly reason: string
  readonly note: string
  readonly onReason: (reason: string) => void
  readonly onNote: (note: string) => void
}

/** Why it comes back, and whatever else there is to say about it. */
export function Why({ reason, note, onReason, onNote }: WhyProps) {
  const t = useT()
  return (
    <>
      <Select
        label={t('back.why')}
        allowDeselect={false}
        value={reason}
        onChange={(value) => onReason(value ?? 'unwanted')}
        data={reasons.map((one) => ({ value: one, label: t(`state.returns.return.reason.${one}`) }))}
      />
      <TextInput
        label={t('field.note')}
        maxLength={500}
        autoComplete="off"
        value={note}
        onChange={(event) => onNote(event.currentTarget.value)}
      />
    </>
  )
}
