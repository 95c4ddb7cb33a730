import type { ReactNode } from 'react'
import type { PriceUnit } from '#kit/quantity.ts'
import { declaredEntities } from '#kit/entity.ts'
import { filterText } from '#kit/web/list/Chips.tsx'
import { useFormat } from '#kit/web/session/format.ts'
import { useMonthName } from '#kit/web/session/month.ts'
import { useSession } from '#kit/web/session/session.tsx'
import { useT } from '#kit/web/base/words.tsx'
import { LineTexts } from '#modules/access/parts.tsx'
import { RoleTags } from '#modules/access/parts.tsx'
import { useRoleName } from '#modules/access/parts.tsx'
import { Plain } from '#modules/access/parts.tsx'
import type { PlacedRole } from '#modules/access/role/role.ts'
import classes from './approval.module.css'

type Known = Readonly<Record<string, unknown>>
interface OtherPrice {
  readonly name: string
  readonly listPrice: string
  readonly unitPrice: string
  readonly priceUnit?: PriceUnit
  readonly unit?: string | null
}
interface Discount {
  readonly name: string
  readonly gross: string
  readonly share: string
  readonly discount: string
}

// Kept as JSON that knows no order; what is not among them comes first.
const ORDER = ['person', 'role', 'act', 'reason', 'prices', 'discounts', 'discount', 'total', 'before', 'after']

/** What somebody should know before they agree, in their words: amounts as money, articles and roles by their names. */
export function Facts({ of }: { of: Known }) {
  const t = useT()
  const said = useSaid(of)
  const { before, after, ...rest } = of
  // What a role may do is one list of what was and what will be.
  const isLines = before !== undefined && !Array.isArray(before)
  const label = (name: string) => {
    const own = `approval.fact.${name}`
    return t.has(own) ? t(own) : t.of('field', typeof of['entity'] === 'string' ? `${of['entity']}.${name}` : name)
  }
  return (
    <dl className={classes.facts}>
      {Object.entries(isLines ? rest : of)
        .toSorted(([one], [other]) => ORDER.indexOf(one) - ORDER.indexOf(other))
        .filter(([, value]) => value !== null && value !== undefined && value !== '')
        .map(([name, value]) => (
          <div key={name}>
            <dt>{label(name)}</dt>
            <dd>{said(name, value)}</dd>
          </div>
        ))}
      {isLines && (
        <div>
          <dt>{t('field.lines')}</dt>
          <dd>
            <LineTexts before={before as never} after={after as never} />
          </dd>
        </div>
      )}
    </dl>
  )
}

function useSaid(of: Known): (name: string, value: unknown) => ReactNode {
  const t = useT()
  const format = useFormat()
  const monthName = useMonthName()
  const roleName = useRoleName()
  const { places } = useSession()
  const list = [...declaredEntities.values()].find((one) => one.name === of['entity'])
  const refs = Object.fromEntries(places.map((place) => [place.id, place.name]))
  const price = ({ priceUnit = '1', unit }: OtherPrice, amount: string) =>
    [format.money(amount), format.per(priceUnit, unit)].filter(Boolean).join(' ')
  const known: Readonly<Record<string, (value: never) => ReactNode>> = {
    act: (value: string) => t.of('command', value),
    archived: (value: string) => t(`filter.archived.${value}`),
    articles: (value: number) => format.number(value),
    entity: (value: string) => t.of('entity', value),
    firstDay: (value: string) => monthName(value),
    reason: (value: string) => {
      const own = `state.inventory.document.reason.${value}`
      return t.has(own) ? t(own) : <bdi>{value}</bdi>
    },
    role: (value: string) => roleName({ key: value }),
    before: (value: PlacedRole[]) => <RoleTags of={value} />,
    after: (value: PlacedRole[]) => <RoleTags of={value} />,
    prices: (value: OtherPrice[]) => (
      <Lines
        of={value.map((one) =>
          t('approval.says.price', {
            name: one.name,
            price: price(one, one.unitPrice),
            listPrice: price(one, one.listPrice),
          }),
        )}
      />
    ),
    discounts: (value: Discount[]) => (
      <Lines
        of={value.map(({ name, gross, share, discount }) =>
          t('approval.says.discount', {
            name,
            discount: format.money(discount),
            gross: format.money(gross),
            share: format.rate(share),
          }),
        )}
      />
    ),
  }
  return (name, value) => {
    const own = known[name]
    if (own) return own(value as never)
    if (list && typeof value === 'string') return filterText(list, name, value, refs, t, format)
    return <Plain name={name} value={value} refs={refs} />
  }
}

const Lines = ({ of }: { of: readonly string[] }) => (
  <ul className={classes.lines}>
    {of.map((line, at) => (
      <li key={at}>{line}</li>
    ))}
  </ul>
)

/** "Sell at another price, give a bigger discount" */
export function useKinds(): (kinds: readonly string[]) => string {
  const t = useT()
  return (kinds) => kinds.map((kind) => t(`approval.${kind}`)).join(', ')
}
