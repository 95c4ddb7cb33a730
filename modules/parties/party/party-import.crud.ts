import { sql } from 'kysely'
import { countryOf } from '#kit/countries.ts'
import { blindIndex } from '#kit/server/blind.ts'
import type { Tx } from '#kit/server/context.ts'
import { CommonProblem } from '#kit/problem.ts'
import { lockRow } from '#kit/server/crud.ts'
import type { EntityImportHooks, Found } from '#kit/server/import/entity.ts'
import type { Cells } from '#kit/server/import/importable.ts'
import { tidy } from './party.crud.ts'
import { party, PartyProblem } from './party.ts'

type Values = Record<string, unknown>

/** How people come from a file: columns of address books and other shops become ours, and a name alone is nobody. */
export const partyImport: EntityImportHooks = {
  more: [
    { name: 'firstName', aliases: ['First Name', 'Given Name', 'Forename', 'Имя', 'الاسم الأول'] },
    { name: 'lastName', aliases: ['Last Name', 'Family Name', 'Surname', 'Фамилия', 'اسم العائلة'] },
    { name: 'company', aliases: ['Company', 'Company Name', 'Organization', 'Organisation', 'Billing Company'] },
    { name: 'countryCode', aliases: ['Country Code', 'Country ISO', 'ISO'] },
    { name: 'address2', aliases: ['Address2', 'Address Line 2', 'Street 2'] },
  ],
  aliases: {
    name: ['Full name', 'Customer', 'Customer Name', 'Display Name', 'Contact', 'Supplier Name', 'FN', 'الاسم'],
    phones: ['Phone', 'Mobile', 'Telephone', 'Phone Number', 'Mobile Phone', 'Phone 1 - Value', 'الهاتف'],
    emails: ['Email', 'E-mail', 'Email Address', 'E-mail 1 - Value', 'Mail'],
    address: ['Address1', 'Address Line 1', 'Street', 'Street Address'],
    taxNumber: ['Tax ID', 'VAT', 'VAT Number', 'PIN', 'KRA PIN', 'Tax No'],
    country: ['Country', 'Country/Region'],
    note: ['Notes', 'Comment', 'Comments'],
    customerGroup: ['Group', 'Customer Group'],
  },
  join({ firstName, lastName, company, countryCode, address2, ...cells }: Cells): Cells {
    const text = (value: string | undefined) => value?.trim() ?? ''
    const person = [text(firstName), text(lastName)].filter(Boolean).join(' ')
    const hasNames = [firstName, lastName, company].some((part) => part !== undefined)
    const name = text(cells['name']) || person || text(company)
    const address = [text(cells['address']), text(address2)].filter(Boolean).join('\n')
    // A company that is not the name itself stays with the person, as a line above the address.
    const at = text(company) && text(company) !== name ? text(company) : ''
    const country = text(countryCode) || text(cells['country'])
    return {
      ...cells,
      ...((hasNames || cells['name'] !== undefined) && { name }),
      ...((address2 !== undefined || at) && { address: [at, address].filter(Boolean).join('\n') }),
      ...((countryCode !== undefined || cells['country'] !== undefined) && { country: country && countryCodeOf(country) }),
      ...(hasNames && cells['kind'] === undefined && !person && !text(cells['name']) && name && { kind: 'organization' }),
    }
  },
  tidy,
  keyOf: (values) =>
    JSON.stringify([
      String(values['name'] ?? '').toLowerCase(),
      values['phones'] ?? [],
      values['emails'] ?? [],
      values['taxNumber'] ?? null,
    ]),
  find: findParty,
}

function countryCodeOf(country: string): string {
  const code = countryOf(country)
  if (!code) throw PartyProblem.badCountry({ country: country.slice(0, 80) })
  return code
}

/** The same name with the same number or address is the same one. A name alone may be anybody's. */
async function findParty(tx: Tx, values: Values): Promise<Found> {
  const name = values['name']
  if (typeof name !== 'string') throw CommonProblem.invalid()
  const listed = (field: string) => ((values[field] as string[] | undefined) ?? []).map((one) => blindIndex(tx.db, one))
  const [phones, emails] = [listed('phones'), listed('emails')]
  const { rows } = await sql<{ id: string; sameName: boolean; sameContact: boolean }>`
    select id, lower(name) = lower(${name}) as "sameName",
      (phones_index && ${phones}::text[] or emails_index && ${emails}::text[]) as "sameContact"
    from party where archived_at is null and erased_at is null
      and (lower(name) = lower(${name}) or phones_index && ${phones}::text[] or emails_index && ${emails}::text[])
    order by id limit 50`.execute(tx.db)
  const sure = rows.find((row) => row.sameName && row.sameContact)
  if (sure) return { id: sure.id }
  // A row that says nothing new of somebody is no new one.
  for (const row of rows)
    if (phones.length + emails.length === 0 && (await saysTheSame(tx, row.id, values))) return { id: row.id }
  return rows.length > 0 ? { mayBe: { field: 'name', problem: 'parties.party.maybeDouble', params: { name } } } : undefined
}

async function saysTheSame(tx: Tx, id: string, values: Values): Promise<boolean> {
  const row: Readonly<Record<string, unknown>> = await lockRow(tx, party, id)
  return Object.entries(values).every(([name, value]) => JSON.stringify(row[name] ?? null) === JSON.stringify(value ?? null))
}
