import { z } from 'zod'
import type { Db } from '#kit/server/data/db.ts'
import type { Paper } from '#kit/server/paper/paper.ts'
import { formatDay, formatInstant, formatQuantity } from '#kit/words.ts'
import type { Writing } from '#modules/places/index.ts'

interface Shown {
  readonly row: Readonly<Record<string, unknown>>
  readonly refs: Readonly<Record<string, string>>
  readonly lines: readonly Readonly<Record<string, unknown>>[]
}

/** With which letterhead the goods left, and what both ends were called then; nothing before they did. */
export async function issuedOf(db: Db, id: string): Promise<{ letterhead?: string; names: Record<string, string> }> {
  const { letterhead, asIssued } = await db
    .selectFrom('inventoryTransfer')
    .select(['letterhead', 'asIssued'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  return { ...(letterhead && { letterhead }), names: z.record(z.string(), z.string()).parse(asIssued ?? {}) }
}

const NOT_SENT: ReadonlySet<unknown> = new Set(['requested', 'approved'])

/** A transfer as somebody picks it, and as it goes with the goods: no value stands on it, both ends sign it. */
export function paperOf({ row, refs, lines }: Shown, { letterhead, t, language, timeZone }: Writing): Paper {
  const isPicked = NOT_SENT.has(row['state'])
  const instant = (value: unknown) => formatInstant(String(value), { locale: language, digits: 'latn', timeZone })
  const end = (place: string, location: string) =>
    [...new Set([refs[String(row[place])], refs[String(row[location])]])].filter(Boolean).join(' · ')
  const facts: [string, string][] = [
    [t('paper.date'), instant(row['dispatchedAt'] ?? row['createdAt'])],
    [t('field.inventory.transferOrder.location'), end('fromPlace', 'location')],
    [t('field.inventory.transferOrder.toLocation'), end('place', 'toLocation')],
    [t('field.state'), t.of('state', `inventory.transferOrder.state.${String(row['state'])}`)],
  ]
  if (row['neededOn']) facts.push([t('field.neededOn'), formatDay(String(row['neededOn']), { locale: language, digits: 'latn' })])
  return {
    ...letterhead,
    title: t('entity.inventory.transferOrder'),
    number: String(row['number']),
    facts,
    columns: [
      { title: t('field.name') },
      { title: t('field.sku') },
      { title: t('field.quantity'), end: true },
      // Room to write on.
      { title: t(isPicked ? 'paper.picked' : 'paper.arrived'), end: true },
    ],
    rows: lines.map((line) => [
      String(line['name']),
      String(line['sku'] ?? ''),
      [formatQuantity(String(line['quantity']), language, 'latn'), line['unit']].filter(Boolean).join(' '),
      '',
    ]),
    sums: [],
    note: (row['note'] as string | null) ?? null,
    signatures: [t('paper.handedOver'), t('paper.takenOver')],
  }
}
