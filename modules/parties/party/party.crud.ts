import { sql } from 'kysely'
import { parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js'
import { z } from 'zod'
import { reachOf } from '#kit/access.ts'
import { foldText } from '#kit/fold.ts'
import { maskRow } from '#kit/entity.ts'
import { blindIndex, searchIndexes } from '#kit/server/data/blind.ts'
import { problems } from '#kit/problem.ts'
import { query } from '#kit/server/door/command.ts'
import type { Tx } from '#kit/server/door/context.ts'
import { crud } from '#kit/server/list/crud.ts'
import type { Db } from '#kit/server/data/db.ts'
import { saying } from '#kit/server/list/list.ts'
import { refuseTaxNumber } from '#modules/places/country.ts'
import { readCompany } from '#modules/places/index.ts'
import { bankAccount } from './bank.rules.ts'
import { duplicatesInput, party, PartyProblem, partyRoles } from './party.ts'

export const PhoneProblem = problems('parties.phone', {
  spoilt: {
    status: 422,
    say: 'A spreadsheet has made {phone} of a telephone number. Make the column text there and write the number again.',
  },
  extension: {
    status: 422,
    say: '{phone} has an extension, which is not kept here. Write {number}, and extension {extension} in the note.',
  },
})

interface Tidied {
  phones?: string[]
  emails?: string[]
  roles?: string[]
  bankAccount?: string | null
  taxNumber?: string | null
  country?: string | null
}

/** Phones as E.164 by the country of the company, e-mails in small letters. */
export const tidy = async (tx: Tx, input: Tidied, before?: Before) => tidyIn(await homeOf(tx.db), input, before)
export const homeOf = async (db: Db): Promise<string | undefined> => (await readCompany(db))?.country

interface Before {
  country: string | null
  taxNumber: string | null
}
/** The same where the country of the company is known. */
export function tidyIn(home: string | undefined, input: Tidied, before?: Before) {
  for (const role of input.roles ?? [])
    if (!(partyRoles as readonly string[]).includes(role)) throw PartyProblem.badRole({ role })
  // What stands already stays, as long as its country does.
  const taxNumber = input.country || input.taxNumber !== before?.taxNumber ? (input.taxNumber ?? before?.taxNumber) : null
  // Whoever has no country is at home in that of the company.
  if (taxNumber) refuseTaxNumber(input.country ?? before?.country ?? home ?? '', taxNumber)
  return {
    ...(input.phones && { phones: phonesIn(home, input.phones) }),
    ...(input.bankAccount && { bankAccount: toBankAccount(input.bankAccount, input.country ?? before?.country) }),
    ...(input.emails && { emails: [...new Set(input.emails.map(toEmail))] }),
  }
}

/** Telephone numbers as E.164, by their country or that of the company where none is written; each once. @throws `parties.party.badPhone` */
export const tidyPhones = async (db: Db, phones: readonly string[], theirs?: string): Promise<string[]> =>
  phonesIn(theirs ?? (phones.length > 0 ? await homeOf(db) : undefined), phones)
const phonesIn = (country: string | undefined, phones: readonly string[]) => [
  ...new Set(phones.map((phone) => toE164(phone, country))),
]

function toE164(phone: string, country: string | undefined): string {
  // What a spreadsheet made of it: one nought more, or the first digits only.
  const isSpoilt = /^\+?\d{6,}[.,]\d{1,2}$/.test(phone.trim()) || /\de\+?\d/i.test(phone)
  if (isSpoilt) throw PhoneProblem.spoilt({ phone })
  const as = (text: string) => {
    const read = parsePhoneNumberFromString(text, country as CountryCode | undefined)
    // A trunk nought that stays is the sign of digits that are missing: only some countries have it in their numbers.
    const isWhole = read?.isPossible() && (!read.nationalNumber.startsWith('0') || read.isValid())
    return isWhole ? read : undefined
  }
  // 00 begins a number of another country nearly everywhere, also where the country of the company has other digits for that.
  const read = (/^\s*00/.test(phone) ? as(phone.replace(/^\s*00/, '+')) : undefined) ?? as(phone)
  if (!read) throw PartyProblem.badPhone({ phone })
  if (read.ext) throw PhoneProblem.extension({ phone, number: read.number, extension: read.ext })
  return read.number
}

function toBankAccount(account: string, country?: string | null): string {
  const read = bankAccount(account, country)
  if (!read) throw PartyProblem.badBankAccount({ account })
  return read
}

function toEmail(email: string): string {
  const read = z.email().safeParse(email.trim().toLowerCase())
  if (!read.success) throw PartyProblem.badEmail({ email })
  return read.data
}

export const partyVerbs = crud(party, {
  beforeCreate: tidy,
  beforeChange(tx, row, changes) {
    if (row.erasedAt) throw PartyProblem.erased()
    return tidy(tx, changes, row)
  },
})

/** People who may be the same: the same phone or e-mail, or nearly the same name. Shown while somebody types a new one. */
export const findDuplicates = query({
  name: 'parties.findDuplicates',
  can: 'parties.party.read',
  input: duplicatesInput,
  async run({ db, actor, reach }, { name, phones, emails }) {
    const country = (await readCompany(db))?.country as CountryCode | undefined
    const numbers = phones.split(',').flatMap((phone) => parsePhoneNumberFromString(phone, country)?.number ?? [])
    const addresses = emails
      .split(',')
      .map((email) => email.trim().toLowerCase())
      .filter(Boolean)
    // The ends of numbers are shared by many.
    // Who may not read numbers does not find out whose they are.
    const isTheirs = reachOf(actor, 'parties.party.contact') !== undefined
    const indexes = isTheirs ? [...numbers, ...addresses].map((one) => blindIndex(db, one)) : []
    const { rows } = await sql<{ id: string; name: string; phones: string[]; emails: string[]; city: string | null }>`
      select id, name, phones, emails, city from party where archived_at is null and (
        phones_index && ${indexes}::text[] or emails_index && ${indexes}::text[] or (${name.length >= 4} and name % ${name} and similarity(name, ${name}) > 0.6))
      and (${reach.all || reach.places.length > 0} or id = any(${reach.sellers}::uuid[]))
      order by (phones_index && ${indexes}::text[]) desc, similarity(name, ${name}) desc limit 5`.execute(db)
    return { rows: rows.map((row) => maskRow(party, row, (permission) => reachOf(actor, permission) !== undefined)) }
  },
})

/** The till finds customers by name, phone or e-mail while the cashier types. */
export const findParties = query({
  name: 'parties.find',
  can: 'parties.party.read',
  input: z.object({ q: z.string().trim().min(1).max(100), role: z.enum(partyRoles).optional() }),
  async run({ db, actor, reach }, { q, role }) {
    const isTheirs = reachOf(actor, 'parties.party.contact') !== undefined
    // Who may not read numbers does not find out by asking whose they are.
    const indexes = isTheirs ? searchIndexes(db, q) : []
    const { rows } = await sql<{ id: string; name: string; phones: string[]; customerGroup: string | null }>`
      select id, name, phones, customer_group from party where archived_at is null
        and (${role ?? null}::text is null or ${role ?? null} = any(roles))
        and ((${saying(sql`name`, q)}) or phones_index && ${indexes}::text[] or emails_index && ${indexes}::text[])
        and (${reach.all || reach.places.length > 0} or id = any(${reach.sellers}::uuid[]))
      order by name limit 12`.execute(db)
    // An index knows the last four digits only; whoever typed more of them means more.
    const digits = q.replace(/\D/g, '')
    const fits = ({ name, phones }: (typeof rows)[number]) =>
      !/^\d{5,6}$/.test(digits) || phones.some((phone) => phone.endsWith(digits)) || foldText(name).includes(foldText(q))
    return { rows: rows.filter(fits).map((row) => maskRow(party, row, (permission) => reachOf(actor, permission) !== undefined)) }
  },
})
