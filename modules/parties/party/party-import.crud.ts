import { sql } from 'kysely'
import { countryOf } from '#kit/countries.ts'
import { isNothing, meantBy } from '#kit/import.ts'
import { blindIndex } from '#kit/server/data/blind.ts'
import type { Db } from '#kit/server/data/db.ts'
import type { Tx } from '#kit/server/door/context.ts'
import { inTurns } from '#kit/server/host/turns.ts'
import { CommonProblem, Problem } from '#kit/problem.ts'
import { lockRows } from '#kit/server/list/crud.ts'
import type { Among, EntityImportHooks, Found } from '#kit/server/import/entity.ts'
import type { Cells, Pass } from '#kit/server/import/importable.ts'
import { homeOf, tidyIn } from './party.crud.ts'
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
  among,
  keyOf: (values) =>
    JSON.stringify([
      String(values['name'] ?? '').toLowerCase(),
      values['phones'] ?? [],
      values['emails'] ?? [],
      values['taxNumber'] ?? null,
    ]),
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

/** Who some hundred rows may mean: by one statement, and the rows of those whom they do mean by another. */
async function among(tx: Tx, rows: readonly Values[]): Promise<Among> {
  const home = await homeOf(tx.db)
  const tidied = (values: Values): Values => ({ ...values, ...tidyIn(home, values) })
  const persons = await inTurns(rows, (values) => personIn(tx.db, tidied, values))
  const said = persons.filter((one) => one !== undefined)
  const { rows: like } = await likeThese({
    names: [...new Set(said.map(({ name }) => name))],
    phones: [...new Set(said.flatMap(({ phones }) => phones))],
    emails: [...new Set(said.flatMap(({ emails }) => emails))],
  }).execute(tx.db)
  const known = new Known(like)
  // Who has neither number nor address is compared with all of that name.
  const meant = said.flatMap((one) => known.sure(one)?.id ?? (isBare(one) ? known.named(one).map(({ id }) => id) : []))
  const locked = await lockRows(tx, party, [...new Set(meant)])
  const made = new Map<string, Values>()
  const find = (values: Values): Found => {
    const one = personIn(tx.db, (same) => same, values)
    if (!one) throw CommonProblem.invalid()
    const sure = known.sure(one)
    if (sure) return { id: sure.id }
    // A row that says nothing new of somebody is no new one.
    const same = isBare(one) ? known.named(one).find(({ id }) => saysTheSame(locked.get(id) ?? made.get(id), values)) : undefined
    if (same) return { id: same.id }
    return known.isLike(one)
      ? { mayBe: { field: 'name', problem: 'parties.party.maybeDouble', params: { name: one.name } } }
      : undefined
  }
  return {
    rows: locked,
    find,
    tidy: (values) => tidyIn(home, values),
    meant(values, cells) {
      if (cells[BESIDE] === undefined) return {}
      // Whoever buys already and stands in a list of suppliers does both.
      const { roles, ...rest } = values
      const found = find(tidied(rest))
      const now = found && 'id' in found ? (locked.get(found.id) ?? made.get(found.id)) : undefined
      const their = (now?.['roles'] ?? []) as readonly string[]
      const all = [...new Set([...their, ...(roles as string[])])]
      // By the name alone it is the same one only if nothing new is said.
      const isSure = [values['phones'], values['emails']].some((one) => Array.isArray(one) && one.length > 0)
      return { roles: isSure || all.length === their.length ? all : roles }
    },
    written(row) {
      if (!locked.has(row.id)) made.set(row.id, row)
      const one = personIn(tx.db, (same) => same, row)
      if (one) known.add({ id: row.id, ...one })
    },
  }
}

interface Person {
  readonly name: string
  /** Blind indexes, of whole values. */
  readonly phones: readonly string[]
  readonly emails: readonly string[]
}
const isBare = ({ phones, emails }: Person): boolean => phones.length + emails.length === 0

/** Nothing where the row is refused anyway. */
function personIn(db: Db, tidied: (values: Values) => Values, values: Values): Person | undefined {
  try {
    const { name, phones, emails } = tidied(values)
    const indexes = (all: unknown) => ((all as string[] | undefined) ?? []).map((one) => blindIndex(db, one))
    return typeof name === 'string' ? { name, phones: indexes(phones), emails: indexes(emails) } : undefined
  } catch (problem) {
    if (problem instanceof Problem) return undefined
    throw problem
  }
}

interface Like extends Person {
  readonly id: string
}

/**
 * Who is here, by name, number and address; those of a file as it goes on. The same name with the same number or address is the
 * same one. A name alone may be anybody's.
 */
class Known {
  readonly #byName = new Map<string, Like[]>()
  readonly #byContact = new Map<string, Like[]>()
  /** As they stand now: what a row of the file has changed is found by that. */
  readonly #now = new Map<string, Like>()
  constructor(like: readonly Like[]) {
    for (const one of like) this.add(one)
  }
  add(one: Like): void {
    this.#now.set(one.id, one)
    put(this.#byName, one.name.toLowerCase(), one)
    for (const index of [...one.phones, ...one.emails]) put(this.#byContact, index, one)
  }
  named({ name }: Person): readonly Like[] {
    return this.#standing(this.#byName.get(name.toLowerCase()))
  }
  sure(person: Person): Like | undefined {
    const name = person.name.toLowerCase()
    return this.#reached(person).find((one) => one.name.toLowerCase() === name)
  }
  isLike(person: Person): boolean {
    return this.named(person).length > 0 || this.#reached(person).length > 0
  }
  #reached({ phones, emails }: Person): readonly Like[] {
    return [...phones, ...emails].flatMap((index) => this.#standing(this.#byContact.get(index)))
  }
  #standing(all: readonly Like[] = []): readonly Like[] {
    return all.filter((one) => this.#now.get(one.id) === one)
  }
}
const put = (map: Map<string, Like[]>, key: string, one: Like) => void map.set(key, [...(map.get(key) ?? []), one])

interface Said {
  readonly names: readonly string[]
  /** Blind indexes. */
  readonly phones: readonly string[]
  readonly emails: readonly string[]
}
/** Who has one of those names, numbers and addresses: by three indexes, and of one name no more than anybody looks through. */
export const likeThese = ({ names, phones, emails }: Said) => sql<Like>`
  select id, name, phones, emails from (
    select id, name, phones_index as phones, emails_index as emails,
      phones_index && ${[...phones]}::text[] or emails_index && ${[...emails]}::text[] as reached,
      row_number() over (partition by lower(name) order by id) as at
    from party where archived_at is null and erased_at is null
      and (lower(name) = any(${names.map((name) => name.toLowerCase())}::text[])
        or phones_index && ${[...phones]}::text[] or emails_index && ${[...emails]}::text[])) like_these
  where reached or at <= 50 order by id`

const saysTheSame = (row: Readonly<Values> | undefined, values: Values): boolean =>
  row !== undefined &&
  Object.entries(values).every(([name, value]) => JSON.stringify(row[name] ?? null) === JSON.stringify(value ?? null))
