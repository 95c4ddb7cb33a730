import type { Tx } from '#kit/server/door/context.ts'
import { formatInstant } from '#kit/words.ts'
import { readCompany } from '#modules/places/index.ts'
import { deviceName } from './device.rules.ts'

/** The device and the time of a request, as a message tells them. */
export async function whereAndWhen(tx: Tx, locale: string): Promise<{ device: string; when: string }> {
  const company = await readCompany(tx.db)
  return {
    device: deviceName(tx.ctx.device) ?? tx.ctx.address ?? '?',
    when: formatInstant(tx.now.toString(), { locale, digits: 'latn', timeZone: company?.timeZone ?? 'UTC' }),
  }
}
