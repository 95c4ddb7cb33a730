import { ActionIcon, Button, TagsInput, TextInput } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { useT } from '#kit/web/base/words.tsx'
import type { OptionDraft } from './variants.rules.ts'
import classes from './product.module.css'

/** Up to three options (size, colour, …) with their values; their combinations are the variants. */
export function Options({
  options,
  onChange,
}: {
  options: readonly OptionDraft[]
  onChange: (next: readonly OptionDraft[]) => void
}) {
  const t = useT()
  const set = (at: number, values: Partial<OptionDraft>) =>
    onChange(options.map((one, index) => (index === at ? { ...one, ...values } : one)))
  return (
    <>
      {options.length === 0 && <p className={classes.lead}>{t('product.optionsHint')}</p>}
      {options.map((option, index) => (
        <div key={index} className={classes.option}>
          <TextInput
            label={t('product.optionName')}
            placeholder={t('product.optionExample')}
            value={option.name}
            maxLength={60}
            onChange={(event) => set(index, { name: event.currentTarget.value })}
          />
          <TagsInput
            label={t('product.optionValues')}
            value={[...option.values]}
            onChange={(values) => set(index, { values: apart(values) })}
            splitChars={[',', '،']}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            size="lg"
            aria-label={t('product.removeOption', { name: option.name })}
            onClick={() => onChange(options.filter((_, at) => at !== index))}
          >
            <IconX size={18} />
          </ActionIcon>
        </div>
      ))}
      {options.length < 3 && (
        <Button
          variant="default"
          leftSection={<IconPlus size={16} />}
          onClick={() => onChange([...options, { name: '', values: [] }])}
        >
          {t('product.addOption')}
        </Button>
      )}
    </>
  )
}

/** "S, M, L" in one go is three values. */
const apart = (values: readonly string[]) => [
  ...new Set(
    values
      .flatMap((value) => value.split(/[,،]/))
      .map((value) => value.trim())
      .filter(Boolean),
  ),
]
