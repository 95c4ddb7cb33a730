import type { Entity, Field } from '#kit/entity.ts'
import { fieldLabel, type Refs } from '#kit/web/entity/entity.ts'
import { Amount, Quantity, Rate, Value } from '#kit/web/entity/values.tsx'
import { T, useT } from '#kit/web/base/words.tsx'
import { localDigits, type Digits, type Translate } from '#kit/words.ts'
import { LineTexts } from '../role/LineTexts.tsx'
import { usePersonShown } from './personShown.tsx'
import classes from './history.module.css'

export interface FieldChange {
  readonly field: string
  readonly before: unknown
  readonly after: unknown
}

/** Which fields a record's change touched, what stood there and what stands there now. A new record only has the latter. */
export function Changes({
  entity,
  changes,
  refs,
  isNew = false,
}: {
  entity: Entity | undefined
  changes: readonly FieldChange[]
  refs: Refs
  isNew?: boolean
}) {
  const t = useT()
  const side = (change: FieldChange, value: unknown) => <Side entity={entity} name={change.field} value={value} refs={refs} />
  return (
    <dl className={classes.changes}>
      {changes.map((change) =>
        change.field === 'lines' ? (
          <div key="lines" className={classes.whole}>
            <dt>{t('field.lines')}</dt>
            <dd>
              <LineTexts before={change.before as never} after={change.after as never} />
            </dd>
          </div>
        ) : (
          <div key={change.field}>
            <dt>{labelOf(t, entity, change.field)}</dt>
            <dd>
              {!isNew && (
                <>
                  <del className={classes.before}>{side(change, change.before)}</del>
                  <span className={classes.arrow} role="img" aria-label={t('history.became')} />
                </>
              )}
              <ins className={classes.after}>{side(change, change.after)}</ins>
            </dd>
          </div>
        ),
      )}
    </dl>
  )
}

const labelOf = (t: Translate, entity: Entity | undefined, name: string): string =>
  entity ? fieldLabel(t, entity, name) : t.of('field', name)

const isNothing = (value: unknown) =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)

function Side({ entity, name, value, refs }: { entity: Entity | undefined; name: string; value: unknown; refs: Refs }) {
  const t = useT()
  const ofPeople = usePersonShown()[name]
  if (isNothing(value)) {
    return (
      <span className={classes.nothing}>
        <T k="history.nothing" />
      </span>
    )
  }
  if (ofPeople) return ofPeople(value, refs)
  // As the choice itself shows them.
  if (name === 'digits') return <bdi>{localDigits('1234567890', value as Digits)}</bdi>
  if (name === 'calendar') return t(`profile.calendar.${String(value)}`)
  const field = entity?.fields[name] ?? { archivedAt: { kind: 'instant' } as Field }[name]
  if (field && entity)
    return <Value entity={entity} name={name} field={field} value={value} refs={refs} link={false} plain={false} />
  return <Plain value={value} refs={refs} />
}

// What commands call an amount in minor units.
const amounts = new Set([
  'amount',
  'unitCost',
  'price',
  'float',
  'listPrice',
  'unitPrice',
  'given',
  'expected',
  'total',
  'discount',
  'gross',
  'value',
])

/** A value that no entity declares: lists and parts under their names, as deep as they go. */
export function Plain({ name, value, refs }: { name?: string; value: unknown; refs: Refs }) {
  const t = useT()
  if (isNothing(value)) return <span className={classes.nothing}>{t('history.nothing')}</span>
  if (typeof value === 'boolean') return t(value ? 'common.yes' : 'common.no')
  if (Array.isArray(value)) {
    const isFlat = value.every((one) => typeof one !== 'object')
    if (isFlat) return <bdi>{value.map((one) => refs[String(one)] ?? String(one)).join(', ')}</bdi>
    return (
      <ol className={classes.parts}>
        {value.map((one, at) => (
          <li key={at}>
            <Plain value={one} refs={refs} />
          </li>
        ))}
      </ol>
    )
  }
  if (typeof value === 'object') {
    return (
      <span className={classes.inner}>
        {Object.entries(value as object).map(([name, one]) => (
          <span key={name}>
            <span className={classes.label}>{t.of('field', name)}</span> <Plain name={name} value={one} refs={refs} />
          </span>
        ))}
      </span>
    )
  }
  const text = String(value)
  if (name !== undefined && /^-?\d+$/.test(text)) {
    if (amounts.has(name)) return <Amount of={text} />
    if (name === 'share') return <Rate of={text} />
    if (name === 'quantity') return <Quantity of={text} />
  }
  return <bdi>{refs[text] ?? (t.has(`state.${text}`) ? t(`state.${text}`) : text)}</bdi>
}
