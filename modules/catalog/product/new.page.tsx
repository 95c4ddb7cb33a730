import { Button, Group, Input, SegmentedControl, Select, TextInput } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState, type FormEvent, type ReactNode } from 'react'
import { writableFields } from '#kit/entity.ts'
import { newId } from '#kit/id.ts'
import { priceUnits, type PriceUnit } from '#kit/quantity.ts'
import { reading } from '#kit/web/base/api.ts'
import { useCommand } from '#kit/web/base/command.tsx'
import { useOwned } from '#kit/web/entity/custom.ts'
import { Field } from '#kit/web/form/Field.tsx'
import { useFormat } from '#kit/web/session/format.ts'
import { LongTextInput, TextsInput } from '#kit/web/input/inputs.tsx'
import { PageBody, PageHead, Panel, ProblemNote } from '#kit/web/look/parts.tsx'
import { RefPicker } from '#kit/web/entity/RefPicker.tsx'
import { Sections } from '#kit/web/entity/Sections.tsx'
import { useGo } from '#kit/web/base/url.tsx'
import { Can, useSession } from '#kit/web/session/session.tsx'
import { useT } from '#kit/web/base/words.tsx'
import { AskedPrice } from './AskedPrice.tsx'
import { Options } from './Options.tsx'
import { product } from './product.ts'
import type { productRoutes } from './product.routes.ts'
import { combinationsOf, emptyVariant, variantsOf, type OptionDraft, type VariantDraft } from './variants.rules.ts'
import { VariantGrid } from './VariantGrid.tsx'
import classes from './product.module.css'

interface ProductDraft {
  readonly name: string
  readonly kind: 'stocked' | 'service'
  readonly category: string | null
  readonly vendor: string
  readonly taxClass: string | null | undefined
  readonly unit: string | null
  readonly priceUnit: PriceUnit
  readonly description: string | null
  readonly tags: readonly string[]
  readonly asksPrice: boolean
  readonly leastPrice: string | null
  readonly mostPrice: string | null
}
const EMPTY: ProductDraft = {
  name: '',
  kind: 'stocked',
  category: null,
  vendor: '',
  taxClass: undefined,
  unit: null,
  priceUnit: '1',
  description: null,
  tags: [],
  asksPrice: false,
  leastPrice: null,
  mostPrice: null,
}

const WIDE = new Set(['name', 'description', 'tags'])
// A handle is what files know a product by; who gives it one does so in its own form.
const byHand = new Set([...Object.keys(EMPTY), 'handle'])
interface Form {
  readonly draft: ProductDraft
  readonly more: Readonly<Record<string, unknown>>
  readonly options: readonly OptionDraft[]
  readonly variants: Readonly<Record<string, VariantDraft>>
}
const KEPT = 'duka.draft.product'
const BLANK: Form = { draft: EMPTY, more: {}, options: [], variants: {} }

/** What is typed stays on this device until it is saved or cancelled. */
function useKept() {
  const [form, setForm] = useState<Form>(() => {
    try {
      return { ...BLANK, ...(JSON.parse(localStorage.getItem(KEPT) ?? '{}') as Partial<Form>) }
    } catch {
      return BLANK
    }
  })
  useEffect(() => {
    if (form !== BLANK) localStorage.setItem(KEPT, JSON.stringify(form))
  }, [form])
  return [form, setForm] as const
}

/** A new product: what it is, its options if it has any, and a line for each variant with price, cost and barcode. */
export default function NewProductPage() {
  const t = useT()
  const go = useGo()
  const { may } = useSession()
  const [id] = useState(newId)
  const [form, setForm] = useKept()
  const of = useOwned(product)
  /** Whatever else is declared of a product, and what the company has added. */
  const others = writableFields(of).filter(([name]) => !byHand.has(name))
  const { more, options, variants } = form
  const draft = { ...EMPTY, ...form.draft }
  const set = (values: Partial<ProductDraft>) => setForm((before) => ({ ...before, draft: { ...before.draft, ...values } }))
  // Most goods are of the standard class; who sells others says so.
  const classesQuery = useQuery(reading<{ rows: { id: string; code: string }[] }>('GET /catalog/tax-classes', {}))
  const standard = classesQuery.data?.rows.find((row) => row.code === 'standard')?.id ?? null
  const taxClass = draft.taxClass === undefined ? standard : draft.taxClass
  const unitsQuery = useQuery(reading<{ rows: { id: string; code: string }[] }>('GET /catalog/units', { limit: 200 }))
  const unit = unitsQuery.data?.rows.find((row) => row.id === draft.unit)?.code
  const format = useFormat()
  const rows = combinationsOf(options)
  const create = useCommand<typeof productRoutes>()('POST /catalog/products', {
    quiet: true,
    onDone: () => {
      localStorage.removeItem(KEPT)
      go(`/catalog/products/${id}`, { replace: true })
    },
  })
  // Who may not set prices leaves them at nought for those who do.
  const made = variantsOf(rows, variants, may('catalog.price.edit') && !draft.asksPrice ? null : '0')
  const [isTried, setTried] = useState(false)
  const missing = { name: draft.name.trim() === '', price: made === null }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (missing.name || missing.price) return
    void create.run({
      ...more,
      ...draft,
      id,
      name: draft.name.trim(),
      vendor: draft.vendor.trim() || null,
      taxClass,
      tags: [...draft.tags],
      ...(!draft.asksPrice && { leastPrice: null, mostPrice: null }),
      optionNames: options.filter((one) => one.values.length > 0).map((one) => one.name.trim()),
      variants: made as never,
    })
  }
  const inputs: Readonly<Record<string, ReactNode>> = {
    name: (
      <TextInput
        label={t('field.name')}
        required
        data-autofocus
        autoFocus
        maxLength={200}
        error={isTried && missing.name ? t('invalid.required') : undefined}
        value={draft.name}
        onChange={(event) => set({ name: event.currentTarget.value })}
      />
    ),
    category: (
      <RefPicker
        to="catalog_category"
        label={t('field.category')}
        value={draft.category}
        onChange={(category) => set({ category })}
      />
    ),
    vendor: (
      <TextInput
        label={t('field.vendor')}
        maxLength={120}
        value={draft.vendor}
        onChange={(event) => set({ vendor: event.currentTarget.value })}
      />
    ),
    description: (
      <LongTextInput
        label={t('field.description')}
        value={draft.description}
        onChange={(description) => set({ description })}
        maxLength={20_000}
      />
    ),
    tags: <TextsInput label={t('field.tags')} value={[...draft.tags]} onChange={(tags) => set({ tags: tags ?? [] })} />,
    taxClass: (
      <RefPicker
        to="catalog_tax_class"
        label={t('field.taxClass')}
        value={taxClass}
        onChange={(next) => set({ taxClass: next })}
      />
    ),
    priceUnit: (
      <Select
        label={t('product.priceFor')}
        allowDeselect={false}
        value={draft.priceUnit}
        onChange={(next) => set({ priceUnit: next as PriceUnit })}
        data={priceUnits.map((value) => ({
          value,
          label: unit ? `${format.number(Number(value))} ${unit}` : t(`state.priceUnit.${value}`),
        }))}
      />
    ),
    kind: (
      <Input.Wrapper label={t('field.kind')}>
        <SegmentedControl
          fullWidth
          aria-label={t('field.kind')}
          value={draft.kind}
          onChange={(kind) => set({ kind: kind as ProductDraft['kind'] })}
          data={(['stocked', 'service'] as const).map((value) => ({
            value,
            label: t.of('state', `catalog.product.kind.${value}`),
          }))}
        />
      </Input.Wrapper>
    ),
    unit: <RefPicker to="catalog_unit" label={t('field.unit')} value={draft.unit} onChange={(next) => set({ unit: next })} />,
  }
  const fields = [...Object.keys(inputs), ...others.map(([name]) => name)].map((name) => [name] as const)
  return (
    <PageBody narrow>
      <PageHead title={t('product.new')} />
      <form noValidate onSubmit={submit}>
        {create.problem && <ProblemNote of={create.problem} />}
        <Panel>
          <Sections of={of} fields={fields} isWrong={(name) => name === 'name' && isTried && missing.name}>
            {(some) => (
              <div className={classes.pair}>
                {some.map(([name]) => (
                  <div key={name} className={WIDE.has(name) ? classes.wide : undefined}>
                    {inputs[name] ?? (
                      <Field
                        entity={of}
                        name={name}
                        value={more[name] ?? null}
                        onChange={(value) => setForm((before) => ({ ...before, more: { ...before.more, [name]: value } }))}
                      />
                    )}
                  </div>
                ))}
              </div>
            )}
          </Sections>
        </Panel>
        <Panel title={t('product.options')}>
          <Options options={options} onChange={(next) => setForm((before) => ({ ...before, options: next }))} />
        </Panel>
        <Panel title={t(rows.length > 1 ? 'product.variants' : 'product.price')}>
          <Can do="catalog.price.edit">
            <AskedPrice draft={draft} per={format.per(draft.priceUnit, unit)} onChange={set} />
          </Can>
          <VariantGrid
            rows={rows}
            isPriceAsked={draft.asksPrice}
            variants={variants}
            per={format.per(draft.priceUnit, unit)}
            isAsked={isTried}
            onChange={(key, values) =>
              setForm((before) => ({
                ...before,
                variants: { ...before.variants, [key]: { ...(before.variants[key] ?? emptyVariant), ...values } },
              }))
            }
          />
        </Panel>
        <Group justify="flex-end">
          <Button
            variant="default"
            onClick={() => {
              localStorage.removeItem(KEPT)
              go('/catalog/products')
            }}
          >
            {t('common.cancel')}
          </Button>
          <Button type="submit" loading={create.isRunning} leftSection={<IconCheck size={18} />}>
            {t('common.save')}
          </Button>
        </Group>
      </form>
    </PageBody>
  )
}
