import { Badge } from '@mantine/core'
import type { Entity, Field } from '../../entity.ts'
import type { PriceUnit } from '../../quantity.ts'
import { nameOfLanguage, type MoneyStyle } from '../../words.ts'
import { choiceLabel, targetOf, type Refs } from './entity.ts'
import { useFormat } from '../session/format.ts'
import { useSession } from '../session/session.tsx'
import { Link } from '../base/url.tsx'
import { useT } from '../base/words.tsx'
import classes from './values.module.css'

type Maybe<T> = T | null | undefined

/** An amount of minor units, in the company's currency unless another is named. `plain` leaves the currency out. */
export function Amount({ of, plain, currency }: { of: Maybe<string | bigint>; currency?: string } & MoneyStyle) {
  const format = useFormat()
  if (of === null || of === undefined) return null
  const negative = String(of).startsWith('-')
  return (
    <bdi className={`${classes.figure} ${negative ? classes.negative : ''}`}>
      {format.money(of, { plain: plain ?? false, ...(currency && { currency }) })}
    </bdi>
  )
}

/** A price, and for how many units it is where that is not one: "5.68 / 1,000 g". */
export function Price({
  of,
  per = '1',
  unit,
  ...style
}: { of: Maybe<string | bigint>; per?: PriceUnit | undefined; unit?: string | null | undefined } & MoneyStyle) {
  const format = useFormat()
  if (per === '1' || of === null || of === undefined) return <Amount of={of} {...style} />
  return (
    <bdi>
      <Amount of={of} {...style} /> <span className={`${classes.figure} ${classes.unit}`}>{format.per(per, unit)}</span>
    </bdi>
  )
}

/** A quantity in millionths; `unit` stands behind it. */
export function Quantity({ of, unit, keep }: { of: Maybe<string | bigint>; unit?: Maybe<string>; keep?: number }) {
  const format = useFormat()
  if (of === null || of === undefined) return null
  return (
    <bdi className={classes.figure}>
      {format.quantity(of, keep)}
      {unit && <span className={classes.unit}> {unit}</span>}
    </bdi>
  )
}

/** A rate in millionths, as percent. */
export function Rate({ of }: { of: Maybe<string | bigint> }) {
  const format = useFormat()
  return of === null || of === undefined ? null : <bdi className={classes.figure}>{format.rate(of)}</bdi>
}

/** A moment on the clock of the place; `ago` tells how long since, with the exact moment in its title. */
export function Instant({ of, ago, style }: { of: Maybe<string>; ago?: boolean; style?: 'short' | 'medium' | 'long' | 'time' }) {
  const format = useFormat()
  if (!of) return null
  return (
    <time dateTime={of} title={format.instant(of, 'long')} className={classes.time}>
      {ago ? format.ago(of) : format.instant(of, style)}
    </time>
  )
}

/** A calendar day. */
export function Day({ of, style }: { of: Maybe<string>; style?: 'short' | 'medium' | 'long' }) {
  const format = useFormat()
  if (!of) return null
  return (
    <time dateTime={of} className={classes.time}>
      {format.day(of, style)}
    </time>
  )
}

export type Tone = 'neutral' | 'good' | 'warning' | 'bad' | 'busy'
const GOOD = new Set([
  'completed',
  'active',
  'paid',
  'accepted',
  'posted',
  'received',
  'delivered',
  'approved',
  'done',
  'matched',
])
const BAD = new Set(['voided', 'cancelled', 'disabled', 'failed', 'rejected', 'lost', 'withdrawn', 'expired', 'overdue'])
const BUSY = new Set(['open', 'draft', 'sent', 'pending', 'counting', 'parked', 'counted', 'running'])

/** The colour that a state is shown in; a page with other states gives its own. */
export const toneOf = (state: string): Tone =>
  GOOD.has(state) ? 'good' : BAD.has(state) ? 'bad' : BUSY.has(state) ? 'busy' : 'neutral'

/** A state as a small label; never by colour alone. */
export function StateBadge({ state, entity, tone }: { state: string; entity?: Pick<Entity, 'name'>; tone?: Tone }) {
  const t = useT()
  return (
    <Badge className={classes.state ?? ''} data-tone={tone ?? toneOf(state)} variant="default">
      {t.of('state', entity ? `${entity.name}.state.${state}` : state)}
    </Badge>
  )
}

/** The value of a field, shown by its kind. `row` has the fields beside it, for what an amount is for. */
export function Value({
  entity,
  name,
  field,
  value,
  row = {},
  refs = {},
  link = true,
  plain = true,
}: {
  entity: Entity
  name: string
  field: Field
  value: unknown
  row?: Readonly<Record<string, unknown>>
  refs?: Refs
  link?: boolean
  plain?: boolean
}) {
  const t = useT()
  const format = useFormat()
  if (value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)) return null
  switch (field.kind) {
    case 'money':
      return <Price of={String(value)} per={field.per ? (row[field.per] as PriceUnit | undefined) : '1'} plain={plain} />
    case 'quantity':
      return <Quantity of={String(value)} />
    case 'rate':
      return <Rate of={String(value)} />
    case 'integer':
      return (
        <bdi className={classes.figure}>{field.shows === 'hour' ? format.hour(Number(value)) : format.number(Number(value))}</bdi>
      )
    case 'instant':
      return <Instant of={String(value)} />
    case 'day':
      return <Day of={String(value)} />
    case 'flag':
      return <span className={value ? undefined : classes.nothing}>{t(value ? 'common.yes' : 'common.no')}</span>
    case 'choice':
      return name === 'state' ? (
        <StateBadge state={String(value)} entity={entity} />
      ) : (
        <span>{choiceLabel(t, entity, name, String(value))}</span>
      )
    case 'ref':
      return <Reference field={field} id={String(value)} title={refs[String(value)]} link={link} />
    case 'texts':
      return <Texts of={value as string[]} link={link} />
    case 'phone':
    case 'email':
      return <Reach of={String(value)} link={link} />
    case 'longText':
      return <span className={classes.long}>{String(value)}</span>
    case 'json':
      return <code className={classes.json}>{JSON.stringify(value)}</code>
    default:
      return <bdi>{field.shows === 'language' ? languageName(String(value)) : String(value)}</bdi>
  }
}

// What an import brought may be no code at all; then it is shown as it is.
const languageName = (text: string) => (/^[a-z]{2}$/.test(text) ? nameOfLanguage(text) : text)

function Reference({ field, id, title, link }: { field: Field; id: string; title: string | undefined; link: boolean }) {
  const target = targetOf(field)
  const { may } = useSession()
  const text = title ?? id.slice(0, 8)
  if (!link || !target || !may(target.can.read)) return <bdi>{text}</bdi>
  return (
    <Link to={`${target.path}/${id}`} className={classes.link}>
      <bdi>{text}</bdi>
    </Link>
  )
}

/** A telephone number or an e-mail address, which a tap calls or writes to. */
function Reach({ of, link }: { of: string; link: boolean }) {
  // A column is as wide as most addresses; what is longer is told where the pointer rests.
  if (!link)
    return (
      <bdi dir="ltr" title={of}>
        {of}
      </bdi>
    )
  return (
    <a href={`${of.includes('@') ? 'mailto' : 'tel'}:${of}`} className={classes.link} dir="ltr" title={of}>
      {of}
    </a>
  )
}

const isReach = (text: string) => /^\+\d{6,}$|^[^\s@]+@[^\s@]+$/.test(text)

function Texts({ of, link }: { of: readonly string[]; link: boolean }) {
  const t = useT()
  if (!of.every(isReach)) return <Tags of={of.map((one) => (t.has(`state.${one}`) ? t(`state.${one}`) : one))} />
  return (
    <span className={classes.tags}>
      {of.map((one) => (
        <Reach key={one} of={one} link={link} />
      ))}
    </span>
  )
}

/** Short texts side by side. */
export function Tags({ of }: { of: readonly string[] }) {
  return (
    <span className={classes.tags}>
      {of.map((one) => (
        <bdi key={one} className={classes.tag}>
          {one}
        </bdi>
      ))}
    </span>
  )
}
