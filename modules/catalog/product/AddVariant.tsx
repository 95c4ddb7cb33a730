import { Button, Group, Modal, Stack, TextInput } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useState, type FormEvent } from 'react'
import { newId } from '#kit/id.ts'
import { useCommand } from '#kit/web/base/command.tsx'
import { AmountInput } from '#kit/web/input/figures.tsx'
import { ProblemNote } from '#kit/web/look/parts.tsx'
import { useSession } from '#kit/web/session/session.tsx'
import { useT } from '#kit/web/base/words.tsx'
import type { productRoutes } from './product.routes.ts'

/** One more variant of a product: a value for each of its options, and a price. */
export function AddVariant({
  product,
  optionNames,
  per,
}: {
  product: string
  optionNames: readonly string[]
  /** What the price is for, where that is more than one. */
  per: string
}) {
  const t = useT()
  const names = optionNames.length > 0 ? optionNames : [t('entity.catalog.variant')]
  const [id, setId] = useState<string | null>(null)
  const [values, setValues] = useState<readonly string[]>([])
  const { may } = useSession()
  // Who may not set prices leaves the new one at nought for those who do.
  const [price, setPrice] = useState<string | null>(may('catalog.price.edit') ? null : '0')
  const add = useCommand<typeof productRoutes>()('POST /catalog/products/:id/variants', {
    quiet: true,
    done: 'common.saved',
    onDone: () => {
      setId(null)
      setValues([])
      setPrice(may('catalog.price.edit') ? null : '0')
    },
  })
  const isRight = names.every((_, index) => (values[index] ?? '').trim() !== '') && /^\d{1,15}$/.test(price ?? '')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (isRight && id)
      void add.run({
        id: product,
        variant: id,
        optionValues: names.map((_, index) => values[index]!.trim()),
        price: price as never,
      })
  }
  return (
    <>
      <Button variant="default" size="compact-sm" leftSection={<IconPlus size={16} />} onClick={() => setId(newId())}>
        {t('product.addVariant')}
      </Button>
      <Modal opened={id !== null} onClose={() => setId(null)} title={t('product.addVariant')} size="sm">
        <form noValidate onSubmit={submit}>
          <Stack>
            {add.problem && <ProblemNote of={add.problem} />}
            {names.map((name, index) => (
              <TextInput
                key={name}
                label={name}
                {...(index === 0 && { 'data-autofocus': true })}
                required
                maxLength={100}
                value={values[index] ?? ''}
                onChange={(event) => {
                  const next = [...values]
                  next[index] = event.currentTarget.value
                  setValues(next)
                }}
              />
            ))}
            {may('catalog.price.edit') && (
              <AmountInput label={[t('field.price'), per].join(' ').trim()} required value={price} onChange={setPrice} />
            )}
            <Group justify="flex-end">
              <Button type="submit" disabled={!isRight} loading={add.isRunning}>
                {t('common.save')}
              </Button>
            </Group>
          </Stack>
        </form>
      </Modal>
    </>
  )
}
