import { useMemo } from 'react'
import {
  formatAgo,
  formatDay,
  formatHour,
  formatInstant,
  formatMeasured,
  formatMoney,
  formatNumber,
  formatPer,
  formatQuantity,
  formatRate,
  type MoneyStyle,
  type TimeStyle,
} from '../../words.ts'
import type { PriceUnit } from '../../quantity.ts'
import { useSession } from './session.tsx'
import { useLanguage, useT } from '../base/words.tsx'

export interface Format {
  money(minor: string | bigint, style?: MoneyStyle & { currency?: string }): string
  /** What a price is for, behind it. */
  per(priceUnit: PriceUnit, unit?: string | null): string
  quantity(millionths: string | bigint, keep?: number): string
  /** The same with its unit, where it has one. */
  measured(millionths: string | bigint, unit?: string | null): string
  rate(millionths: string | bigint): string
  /** By how much something rose or fell, with its sign. */
  change(millionths: string | bigint): string
  number(value: number | bigint): string
  instant(iso: string, style?: TimeStyle['style']): string
  day(day: string, style?: TimeStyle['style']): string
  ago(iso: string): string
  /** A full hour of the day. */
  hour(hour: number): string
}

/** Amounts, quantities and times in this person's language, the company's currency and the clock of the place. */
export function useFormat(): Format {
  const { currency, timeZone, user } = useSession()
  const calendar = user?.calendar ?? 'gregory'
  const { digits } = useLanguage()
  const { locale } = useT()
  return useMemo(() => {
    const time = { locale, digits, timeZone, calendar }
    return {
      money: (minor, style) => formatMoney(minor, style?.currency ?? currency, locale, digits, style),
      per: (priceUnit, unit) => formatPer(priceUnit, unit, locale, digits),
      quantity: (millionths, keep) => formatQuantity(millionths, locale, digits, keep),
      measured: (millionths, unit) => formatMeasured(millionths, unit, locale, digits),
      rate: (millionths) => formatRate(millionths, locale, digits),
      change: (millionths) => formatRate(millionths, locale, digits, 'exceptZero'),
      number: (value) => formatNumber(value, locale, digits),
      instant: (iso, style) => formatInstant(iso, { ...time, ...(style && { style }) }),
      day: (day, style) => formatDay(day, { ...time, ...(style && { style }) }),
      ago: (iso) => formatAgo(iso, time),
      hour: (hour) => formatHour(hour, digits),
    }
  }, [currency, timeZone, calendar, digits, locale])
}
