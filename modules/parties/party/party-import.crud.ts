import { sql } from 'kysely'
import { countryOf } from '#kit/countries.ts'
import { isNothing, meantBy } from '#kit/import.ts'
import { blindIndex } from '#kit/server/data/blind.ts'
import type { Tx } from '#kit/server/door/context.ts'
import { CommonProblem } from '#kit/problem.ts'
import { lockRow } from '#kit/server/list/crud.ts'
import type { EntityImportHooks, Found } from '#kit/server/import/entity.ts'
import type { Cells, Pass } from '#kit/server/import/importable.ts'
import { tidy } from './party.crud.ts'
import { party, PartyProblem, partyRoles } from './party.ts'

type Values = Record<string, unknown>

const PHONES = [
  'Phone',
  'Mobile',
  'Telephone',
  'Phone Number',
  'Mobile Phone',
  'Primary Phone',
  'Phone 1 - Value',
  'Phone 2 - Value',
  'Phone 3 - Value',
  'Phone 4 - Value',
  'Business Phone',
  'Business Phone 2',
  'Work Phone',
  'Home Phone',
  'Home Phone 2',
  'Other Phone',
  'Company Main Phone',
  'Default Address Phone',
  'Billing Phone',
  'Mobile No',
  'Mobile Number',
  'Phone No',
  'Tel',
  'Tel No',
  'Cell',
  'Cell Phone',
  'Contact Number',
  'Contact Phone',
  'Supplier Phone',
  'Vendor Phone',
  'Customer Phone',
  'MobileNumber',
  'الهاتف',
  'رقم الهاتف',
  'الجوال',
  'رقم الجوال',
  'الموبايل',
  'Телефон',
  'Мобильный телефон',
  'Simu',
  'Namba ya simu',
]
const EMAILS = [
  'Email',
  'E-mail',
  'Email Address',
  'Mail',
  'User Email',
  'Billing Email',
  'Email Id',
  'Primary Email',
  'Contact Email',
  'Supplier Email',
  'Vendor Email',
  'Customer Email',
  'E-mail 1 - Value',
  'E-mail 2 - Value',
  'E-mail 3 - Value',
  'E-mail 2 Address',
  'E-mail 3 Address',
  'البريد الإلكتروني',
  'البريد الالكتروني',
  'Эл. почта',
  'Электронная почта',
  'Barua pepe',
]
/** What one is called here and there: a supplier, or a company. */
const TYPES = [
  'Type',
  'Customer Type',
  'Supplier Type',
  'Vendor Type',
  'Contact Type',
  'Party Type',
  'Partner Type',
  'Relationship',
  'النوع',
  'Тип',
  'Тип контрагента',
  'Aina',
]
/** Address books have a column for each of somebody's numbers. */
const MORE_PHONES = ['phone2', 'phone3', 'phone4', 'phone5'] as const
const MORE_EMAILS = ['email2', 'email3'] as const

/** How people come from a file: columns of address books and other shops become ours, and a name alone is nobody. */
export const partyImport: EntityImportHooks = {
  more: [
    { name: 'firstName', aliases: ['First Name', 'Billing First Name', 'Given Name', 'Forename', 'Имя', 'الاسم الأول'] },
    { name: 'middleName', aliases: ['Middle Name', 'Additional Name', 'Отчество', 'اسم الأب'] },
    { name: 'lastName', aliases: ['Last Name', 'Billing Last Name', 'Family Name', 'Surname', 'Фамилия', 'اسم العائلة'] },
    {
      name: 'company',
      aliases: [
        'Company',
        'Company Name',
        'Organization',
        'Organisation',
        'Organization Name',
        'Organization 1 - Name',
        'Billing Company',
        'Default Address Company',
        'الشركة',
        'Компания',
      ],
    },
    {
      name: 'countryCode',
      aliases: ['Country Code', 'Country ISO', 'ISO', 'Default Address Country Code', 'Billing Country Code'],
    },
    {
      name: 'address2',
      aliases: [
        'Address2',
        'Address Line 2',
        'Street 2',
        'Street Address 2',
        'Billing Address 2',
        'Billing Street2',
        'Default Address Address2',
        'POAddressLine2',
      ],
    },
    ...MORE_PHONES.map((name) => ({ name, aliases: PHONES })),
    ...MORE_EMAILS.map((name) => ({ name, aliases: EMAILS })),
    { name: 'type', aliases: TYPES },
    { name: 'homeAddress', aliases: ['Home Street', 'Home Address', 'Address 2 - Street', 'Address 2 - Formatted'] },
    { name: 'homeCity', aliases: ['Home City', 'Address 2 - City'] },
    { name: 'homeCountry', aliases: ['Home Country/Region', 'Home Country', 'Address 2 - Country'] },
  ],
  aliases: {
    name: [
      'Full name',
      'Customer',
      'Customer Name',
      'Customer/Supplier',
      'Display Name',
      'Supplier Name',
      'Supplier',
      'Vendor',
      'Vendor Name',
      'Contact',
      'Contact Name',
      'FN',
      'الاسم',
      'اسم العميل',
      'العميل',
      'اسم المورد',
      'المورد',
      'Наименование',
      'Контрагент',
      'Клиент',
      'Поставщик',
      'ФИО',
      'Jina',
      'Jina la mteja',
      'Mteja',
      'Jina la msambazaji',
      'Msambazaji',
    ],
    kind: ['Company Type', 'Entity Type', 'Is a Company', 'Is Company', 'Is a Business', 'Is Organization', 'Is Organisation'],
    phones: PHONES,
    emails: EMAILS,
    address: [
      'Address1',
      'Address Line 1',
      'Street',
      'Street Address',
      'Business Street',
      'Business Address',
      'Address 1 - Street',
      'Address 1 - Formatted',
      'Default Address Address1',
      'POAddressLine1',
      'Billing Address',
      'Billing Address 1',
      'Billing Street',
      'Street Address 1',
      'Supplier Address',
      'Vendor Address',
      'العنوان',
      'Адрес',
      'Anwani',
    ],
    city: [
      'Business City',
      'Address 1 - City',
      'Default Address City',
      'POCity',
      'Billing City',
      'Town',
      'Town/City',
      'المدينة',
      'Город',
      'Mji',
    ],
    taxNumber: [
      'Tax ID',
      'VAT',
      'VAT Number',
      'PIN',
      'KRA PIN',
      'Tax No',
      'VAT Reg No',
      'VAT No',
      'VAT Registration Number',
      'Tax Registration Number',
      'TIN',
      'GSTIN',
      'الرقم الضريبي',
      'ИНН',
    ],
    country: [
      'Country',
      'Country/Region',
      'Business Country/Region',
      'Business Country',
      'Address 1 - Country',
      'POCountry',
      'Billing Country',
      'الدولة',
      'Страна',
      'Nchi',
    ],
    note: ['Notes', 'Memo', 'Remarks', 'Comment', 'Comments', 'ملاحظات', 'ملاحظة', 'Комментарий', 'Примечание', 'Maelezo'],
    customerGroup: ['Group', 'Customer Group'],
  },
  choices: { roles: partyRoles },
  meaning: { kind: (word) => meantKind(word), roles: (word) => ROLES.find(([, said]) => said.test(word))?.[0] },
  join(written: Cells, pass: Pass): Cells {
    const { headings } = pass
    const {
      type,
      firstName,
      middleName,
      lastName,
      company,
      countryCode,
      address2,
      homeAddress,
      homeCity,
      homeCountry,
      ...cells
    } = filled(written)
    const text = (value: string | undefined) => value?.trim() ?? ''
    const person = [text(firstName), text(middleName), text(lastName)].filter(Boolean).join(' ')
    const hasNames = [firstName, lastName, company].some((part) => part !== undefined)
    const name = text(cells['name']) || person || text(company)
    // Whoever has an address at work and one at home is reached at work.
    const isAtHome = !['address', 'city', 'country'].some((field) => text(cells[field]))
    const [street, city, land] = isAtHome
      ? [homeAddress ?? cells['address'], homeCity ?? cells['city'], homeCountry ?? cells['country']]
      : [cells['address'], cells['city'], cells['country']]
    const address = [text(street), text(address2)].filter(Boolean).join('\n')
    // A company that is not the name itself stays with the person, as a line above the address.
    const at = text(company) && text(company) !== name ? text(company) : ''
    const country = text(countryCode) || text(land)
    const { kind = '' } = cells
    const isCompany = name !== '' && !person && (!text(cells['name']) || name === text(company))
    return {
      ...cells,
      ...((hasNames || cells['name'] !== undefined) && { name }),
      ...((street !== undefined || address2 !== undefined || at) && { address: [at, address].filter(Boolean).join('\n') }),
      ...(city !== undefined && { city }),
      ...((countryCode !== undefined || land !== undefined) && { country: country && countryCodeOf(country) }),
      ...(kind.trim() ? { kind: kindOf(kind, headings) } : hasNames && isCompany && { kind: 'organization' }),
      ...typed(cells, type, pass),
      ...listed(cells, 'phones', MORE_PHONES),
      ...bare(listed(cells, 'emails', MORE_EMAILS)),
    }
  },
  meant: async (tx, values, { cells }) => (cells[BESIDE] === undefined ? {} : { values: await besideTheirs(tx, values) }),
  tidy: (tx, values) => tidy(tx, values),
  keyOf: (values) =>
    JSON.stringify([
      String(values['name'] ?? '').toLowerCase(),
      values['phones'] ?? [],
      values['emails'] ?? [],
      values['taxNumber'] ?? null,
    ]),
  find: findParty,
}

/** What Odoo and others call them, in the languages of our markets. */
const KINDS = {
  organization:
    /^(?:company|companies|business|org|organi[sz]ations?|firm|corporat(?:e|ion)|partnership|legal entity|location|شركة|مؤسسة|منشأة|организация|компания|юр(?:идическое|\.)? ?лицо|kampuni|shirika)$/iu,
  person: /^(?:individuals?|person|people|private|فرد|شخص|أفراد|частное лицо|физ(?:ическое|\.)? ?лицо|mtu(?: binafsi)?)$/iu,
} as const
const meantKind = (word: string): 'organization' | 'person' | undefined =>
  KINDS.organization.test(word) ? 'organization' : KINDS.person.test(word) ? 'person' : undefined

/** Below "Is a Company" stands yes or no. */
function kindOf(cell: string, headings: Pass['headings']): string {
  if (!/^is/i.test(headings['kind'] ?? '')) return cell
  const is = YES_NO.find(([words]) => words.has(cell.trim().toLowerCase()))
  return is ? is[1] : cell
}
const YES_NO = [
  [new Set(['true', 'yes', 'y', '1', 'x', 'نعم', 'да', 'ndiyo']), 'organization'],
  [new Set(['false', 'no', 'n', '0', 'لا', 'нет', 'hapana']), 'person'],
] as const

/** What files and their headings call the roles, in the languages of our markets. */
const ROLES: readonly (readonly [(typeof partyRoles)[number], RegExp])[] = [
  [
    'customer',
    /(?<!\p{L})(?:customers?|clients?|buyers?|debtors?|wateja|mteja)(?!\p{L})|عم[يل]ل|عملاء|زبون|زبائن|клиент|покупател/iu,
  ],
  ['supplier', /(?<!\p{L})(?:suppliers?|vendors?|creditors?|wasambazaji|msambazaji)(?!\p{L})|مورد|поставщик/iu],
]
/** The columns whose headings tell whose list it is: "Vendor", "Supplier Phone". */
const TELLING = ['name', 'company', 'firstName', 'phones', 'emails', 'address'] as const
/** The roles of this row stand beside those that somebody has already. */
const BESIDE = 'rolesBeside'

const TYPED = ['roles.customer', 'roles.supplier', 'kind.organization', 'kind.person']
/** A type says that one is a supplier, or a company, or both; what nobody knows somebody says for all rows that have it. */
function typed(cells: Cells, type: string | undefined, pass: Pass): Cells {
  const told = type?.trim() ?? ''
  const isKnown = told === '' || meantKind(told) !== undefined || rolesIn([told]).length > 0 || cells['roles']?.trim()
  const chosen = isKnown ? undefined : meantBy(told, TYPED, { field: 'type', pass })
  if (!isKnown && chosen === undefined) throw PartyProblem.badType({ type: told.slice(0, 80) })
  const [by, meant] = isKnown ? ['', told] : (chosen ?? '.').split('.')
  const kind = cells['kind']?.trim() ? undefined : by === 'kind' ? (meant as Kind) : meantKind(meant!)
  return { ...rolesOf(cells, kind ? '' : meant!, pass.headings), ...(kind && { kind }) }
}
type Kind = keyof typeof KINDS

const rolesIn = (texts: readonly string[]) =>
  ROLES.flatMap(([role, said]) => (texts.some((text) => said.test(text)) ? [role] : []))

/** What a row says of roles in a column of its own or by its type, and else what its headings say. */
function rolesOf(cells: Cells, told: string, headings: Pass['headings']): Cells {
  if (cells['roles']?.trim()) return { roles: cells['roles'].replace(/\s(?:&|and|و|и|na)\s|[/|&+]/giu, ',') }
  const roles = rolesIn(told ? [told] : TELLING.map((field) => headings[field] ?? ''))
  return roles.length > 0 ? { roles: roles.join(', '), [BESIDE]: 'yes' } : {}
}

/** Whoever buys already and stands in a list of suppliers does both. */
async function besideTheirs(tx: Tx, { roles, ...rest }: Values): Promise<Values> {
  const said = roles as string[]
  const values: Values = { ...rest, ...(await tidy(tx, rest)) }
  const found = await findParty(tx, values)
  const their = found && 'id' in found ? (await lockRow(tx, party, found.id)).roles : []
  const all = [...new Set([...their, ...said])]
  // By the name alone it is the same one only if nothing new is said.
  const isSure = [values['phones'], values['emails']].some((one) => Array.isArray(one) && one.length > 0)
  return { roles: isSure || all.length === their.length ? all : said }
}

// Somebody may be called Null, and nobody "-".
const NAMES = new Set(['name', 'firstName', 'middleName', 'lastName', 'company'])
/** A cell that says that there is none is empty. */
const filled = (cells: Cells): Cells =>
  Object.fromEntries(Object.entries(cells).map(([field, cell]) => [field, isNothing(cell, NAMES.has(field)) ? '' : cell]))

/** All of somebody's numbers, from several columns and from cells with more than one, as Google joins them. */
function listed(cells: Cells, field: string, more: readonly string[]): Cells {
  const said = [field, ...more].flatMap((name) => cells[name] ?? [])
  const all = said.flatMap((cell) => cell.split(/:::|\s\/\s/).map((one) => one.trim())).filter((one) => one && !isNothing(one))
  return said.length > 0 ? { [field]: all.join(', ') } : {}
}

/** "Amy Stone <amy@x.example>" and "mailto:amy@x.example", as programs for mail copy an address. */
function bare(cells: Cells): Cells {
  const emails = (cells['emails'] ?? '')
    .slice(0, MOST_LETTERS)
    .replace(/"[^"]*"/g, '')
    .split(/[,;\n]/)
    .map((one) => (/<([^<>]*)>\s*$/.exec(one)?.[1] ?? one).trim().replace(/^mailto:/i, ''))
  return cells['emails'] === undefined ? {} : { emails: emails.join(', ') }
}
const MOST_LETTERS = 10_000

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
  const { rows } = await likeThese({ name, phones, emails }).execute(tx.db)
  const sure = rows.find((row) => row.sameName && row.sameContact)
  if (sure) return { id: sure.id }
  // A row that says nothing new of somebody is no new one.
  for (const row of rows)
    if (phones.length + emails.length === 0 && (await saysTheSame(tx, row.id, values))) return { id: row.id }
  return rows.length > 0 ? { mayBe: { field: 'name', problem: 'parties.party.maybeDouble', params: { name } } } : undefined
}

interface Said {
  readonly name: string
  /** Blind indexes. */
  readonly phones: readonly string[]
  readonly emails: readonly string[]
}
/** Who has that name, or one of those numbers and addresses. By three indexes: a file asks it for each of its rows. */
export const likeThese = ({ name, phones, emails }: Said) => sql<{ id: string; sameName: boolean; sameContact: boolean }>`
  select id, lower(name) = lower(${name}) as "sameName",
    (phones_index && ${phones}::text[] or emails_index && ${emails}::text[]) as "sameContact"
  from party where archived_at is null and erased_at is null
    and (lower(name) = lower(${name}) or phones_index && ${phones}::text[] or emails_index && ${emails}::text[])
  order by id limit 50`

async function saysTheSame(tx: Tx, id: string, values: Values): Promise<boolean> {
  const row: Readonly<Record<string, unknown>> = await lockRow(tx, party, id)
  return Object.entries(values).every(([name, value]) => JSON.stringify(row[name] ?? null) === JSON.stringify(value ?? null))
}
