import type { Db } from '#kit/server/db.ts'
import type { Letterhead } from '#kit/server/paper.ts'
import { serverWords } from '#kit/server/words.ts'
import { direction, languageOf, translate, type Translate } from '#kit/words.ts'
import type { Company } from './company.ts'
import { theCompany } from './company.store.ts'

export interface Writing {
  readonly letterhead: Letterhead
  readonly t: Translate
  readonly language: string
  readonly company: Company
  readonly timeZone: string
  readonly receiptNote: string | null
}

/** What the printed matter of a place begins with, in the language of the company unless another is asked for. */
export async function writingOf(db: Db, place: string, locale: string | undefined): Promise<Writing> {
  const [company, facts] = await Promise.all([
    theCompany(db),
    db
      .selectFrom('place')
      .select(['name', 'timeZone', 'address', 'phone', 'taxNumber', 'receiptNote'])
      .where('id', '=', place)
      .executeTakeFirstOrThrow(),
  ])
  const language = languageOf(locale ?? company.locale)
  const t = translate(serverWords(), language)
  const taxNumber = facts.taxNumber ?? company.taxNumber
  const head = [facts.address, facts.phone, taxNumber ? `${t('receipt.taxNumber')} ${taxNumber}` : null]
  return {
    letterhead: {
      lang: language,
      rtl: direction(language) === 'rtl',
      company: company.name,
      place: facts.name,
      head: head.filter((line): line is string => Boolean(line)),
    },
    t,
    language,
    company,
    timeZone: facts.timeZone,
    receiptNote: facts.receiptNote,
  }
}
