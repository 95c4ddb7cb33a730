import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { Entity } from '#kit/entity.ts'
import { DocumentForm } from '#kit/web/document/DocumentForm.tsx'
import { choiceLabel, fieldLabel, inSentence, rowQuery } from '#kit/web/entity/entity.ts'
import { Field, ShownField } from '#kit/web/form/Field.tsx'
import type { FormState } from '#kit/web/form/form.ts'
import { PageBody, PageHead, PageSkeleton } from '#kit/web/look/parts.tsx'
import { Link, usePathParam, useSearch } from '#kit/web/base/url.tsx'
import { useT } from '#kit/web/base/words.tsx'
import { figuresOf } from './promotion.rules.ts'
import { promotion } from './promotion.ts'
import { promotionKinds, type PromotionKind } from '../rule/rule.rules.ts'
import { Targets } from './Targets.tsx'
import classes from './promotion.module.css'

const REST = [
  'place',
  'customerGroup',
  'validFrom',
  'validTo',
  'weekdays',
  'hourFrom',
  'hourTo',
  'limitTotal',
  'limitEach',
  'budget',
  'floor',
  'isExclusive',
  'priority',
  'coupons',
  'word',
  'note',
] as const
const COLUMNS = ['role', 'category', 'product', 'variant', 'count'].map((name) => ({ name }))

/** A promotion as it is written: first what it does, then what that needs, and nothing else. */
export default function PromotionForm() {
  const id = usePathParam('id')
  const [search] = useSearch()
  const { data, isPending } = useQuery({ ...rowQuery(promotion, id), enabled: id !== '' })
  if (id && isPending) return <PageSkeleton />
  const kind = promotionKinds.find((one) => one === (data?.row['kind'] ?? search['kind']))
  if (!kind) return <Kinds />
  return (
    <DocumentForm
      key={kind}
      of={promotion}
      head={['kind', 'name', ...figuresOf[kind], ...REST]}
      inputs={{
        kind: (form) => <Chosen form={form} kind={kind} />,
        rate: (form) => <Figure form={form} name="rate" kind={kind} />,
        amount: (form) => <Figure form={form} name="amount" kind={kind} />,
        atLeast: (form) => <Figure form={form} name="atLeast" kind={kind} />,
        buys: (form) => <Figure form={form} name="buys" kind={kind} />,
        gives: (form) => <Figure form={form} name="gives" kind={kind} />,
        word: (form) => (form.values['coupons'] === 'word' ? <Figure form={form} name="word" kind={kind} /> : <></>),
      }}
      // What takes from everything comes on top of what is cheaper already.
      initial={{ isExclusive: kind !== 'spend', ...(kind === 'buyGet' && { rate: '1000000', buys: 2, gives: 1 }) }}
      columns={COLUMNS}
      name={() => ''}
      editor={(given) => <Targets {...given} kind={kind} refs={data?.refs ?? {}} />}
      isBlank={(line) => !line['category'] && !line['product'] && !line['variant']}
      sums={() => []}
    />
  )
}

/** What it should do: each kind in the words of a shop. */
function Kinds() {
  const t = useT()
  return (
    <PageBody>
      <PageHead title={t('list.new', { thing: inSentence(t, t.of('entity', promotion.name)) })} />
      <ul className={classes.kinds}>
        {promotionKinds.map((kind) => (
          <li key={kind}>
            <Link to={`${promotion.path}/new`} search={{ kind }}>
              <strong>{choiceLabel(t, promotion, 'kind', kind)}</strong>
              <small>{t(`promotion.example.${kind}`)}</small>
            </Link>
          </li>
        ))}
      </ul>
    </PageBody>
  )
}

/** The kind that was chosen; what was typed for another one is that one's no more. */
function Chosen({ form, kind }: { form: FormState; kind: PromotionKind }) {
  const { values, set } = form
  useEffect(() => {
    if (values['kind'] !== kind) set('kind', kind)
  }, [values, set, kind])
  return <ShownField entity={promotion} name="kind" row={{ id: '', kind }} />
}

type Needed = 'rate' | 'amount' | 'atLeast' | 'buys' | 'gives' | 'word'
/** What the kind needs: it may be empty for others, and not for this one. */
function Figure({ form, name, kind }: { form: FormState; name: Needed; kind: PromotionKind }) {
  const t = useT()
  const own = name === 'word' ? '' : `promotion.${name}.${kind}`
  // From a spend on a share is taken off, or an amount.
  const isEither = kind === 'spend' && (name === 'rate' || name === 'amount')
  const needed = { ...promotion, fields: { ...promotion.fields, [name]: { ...promotion.fields[name], optional: isEither } } }
  return (
    <Field
      entity={needed as Entity}
      name={name}
      value={form.values[name]}
      onChange={(value) => form.set(name, value)}
      error={form.errors[name]}
      label={t.has(own) ? t(own) : fieldLabel(t, promotion, name)}
    />
  )
}
