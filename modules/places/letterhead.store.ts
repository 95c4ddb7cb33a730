import { z } from 'zod'
import { currencySchema } from '#kit/entity.ts'
import type { Db } from '#kit/server/data/db.ts'
import type { Letterhead } from '#kit/server/paper/paper.ts'
import { listHeadFrom } from '#kit/server/paper/list.ts'
import { serverWords } from '#kit/server/host/words.ts'
import { direction, languageOf, translate, type Translate } from '#kit/words.ts'
import type { Company } from './company.ts'
import { theCompany } from './company.store.ts'

export interface Writing {
  readonly letterhead: Letterhead
  readonly t: Translate
  readonly language: string
  readonly company: Company
  readonly timeZone: string
  /** Above what was sold. */
  readonly receiptHead: string | null
  /** Below it, of the place or else of the company. */
  readonly receiptNote: string | null
  /** Of the letterhead; a paper that is issued with it names it. */
  readonly version: string
  /** The seller's, of the place or else of the company. */
  readonly taxNumber: string | null
}

const text = z.string().nullish()
const saidSchema = z.object({
  name: z.string(),
  currency: currencySchema,
  taxNumber: text,
  logo: text,
  receiptHead: text,
  receiptNote: text,
})

/**
 * What the printed matter of a place begins with, in the language of the company unless another is asked for. `issuedWith` is
 * the letterhead that an issued paper names: it stays what it was. Papers of before there were any begin with the first one.
 */
export async function writingOf(db: Db, place: string, locale: string | undefined, issuedWith?: string | null): Promise<Writing> {
  const [today, facts] = await Promise.all([
    theCompany(db),
    db
      .selectFrom('placeLetterhead')
      .select(['id', 'name', 'timeZone', 'address', 'phone', 'taxNumber', 'receiptNote', 'company'])
      .where('place', '=', place)
      .$if(Boolean(issuedWith), (select) => select.where('id', '=', issuedWith!))
      .orderBy('id', issuedWith === undefined ? 'desc' : 'asc')
      .limit(1)
      .executeTakeFirstOrThrow(),
  ])
  const said = saidSchema.parse(facts.company)
  const company: Company = { ...today, name: said.name, currency: said.currency, taxNumber: said.taxNumber ?? undefined }
  const language = languageOf(locale ?? company.locale)
  const t = translate(serverWords(), language)
  const taxNumber = facts.taxNumber || said.taxNumber || null
  const head = [facts.address, facts.phone, taxNumber ? `${t('receipt.taxNumber')} ${taxNumber}` : null]
  return {
    letterhead: {
      lang: language,
      rtl: direction(language) === 'rtl',
      company: company.name,
      place: facts.name,
      logo: said.logo ?? null,
      head: head.filter((line): line is string => Boolean(line)),
    },
    t,
    language,
    company,
    timeZone: facts.timeZone,
    receiptHead: said.receiptHead || null,
    receiptNote: facts.receiptNote || said.receiptNote || null,
    version: facts.id,
    taxNumber,
  }
}

/** A list is the company's, whatever place its rows are of. */
export const listHead = listHeadFrom(async ({ db }, locale) => {
  const company = await theCompany(db)
  const language = languageOf(locale)
  const letterhead = {
    lang: language,
    rtl: direction(language) === 'rtl',
    company: company.name,
    place: '',
    head: [],
    logo: company.logo ?? null,
  }
  return { letterhead, currency: company.currency }
})
