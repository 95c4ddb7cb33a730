import { z } from 'zod'
import {
  entity,
  findable,
  instant,
  languageText,
  longText,
  oneOf,
  optional,
  personal,
  readonly,
  sealed,
  setBy,
  text,
  texts,
  uid,
} from '#kit/entity.ts'
import { problems } from '#kit/problem.ts'

export const partyRoles = ['customer', 'supplier', 'seller', 'courier', 'employee'] as const

/** People and organisations in one table: the same one may buy today and deliver tomorrow. */
export const party = entity('party', {
  name: 'parties.party',
  path: '/parties',
  fields: {
    id: readonly(uid()),
    name: text({ max: 160 }),
    kind: { ...oneOf(['person', 'organization']), initial: 'person' },
    roles: { ...texts({ max: 5, values: partyRoles }), initial: ['customer'] },
    phones: findable(personal('parties.party.contact', { ...texts({ max: 8, each: 24 }), initial: [] })),
    emails: findable(personal('parties.party.contact', { ...texts({ max: 8, each: 254 }), initial: [] })),
    // A group has prices of its own, so who gives it gives a discount.
    customerGroup: optional(setBy('parties.party.group', text({ max: 60 }))),
    taxNumber: optional(personal('parties.party.contact', text({ max: 40 }))),
    bankAccount: optional(personal('parties.party.bank', text({ max: 40 }))),
    address: optional(personal('parties.party.contact', longText({ max: 400 }))),
    city: optional(text({ max: 80 })),
    country: optional(text({ max: 2 })),
    language: optional(languageText()),
    note: optional(sealed(longText({ max: 2000 }))),
    createdAt: readonly(instant()),
    erasedAt: readonly(optional(instant())),
  },
  can: { read: 'parties.party.read', write: 'parties.party.edit', import: 'parties.party.edit', export: 'parties.party.export' },
  list: ['name', 'kind', 'roles', 'phones', 'emails', 'city', 'createdAt'],
  sort: ['name', '-createdAt'],
  filters: ['roles', 'kind', 'createdAt'],
  search: ['name', 'phones', 'emails'],
  title: 'name',
  naturalKey: ['name', 'phones'],
  scope: { seller: 'id' },
  archive: true,
  custom: true,
})

export const PartyProblem = problems('parties.party', {
  badPhone: { status: 422, say: '{phone} is not a telephone number. Write it with the country code, like +254712345678.' },
  badEmail: { status: 422, say: '{email} is not an e-mail address.' },
  erased: { status: 409, say: 'This person was erased. Add them anew if they come back.' },
  badBankAccount: { status: 422, say: '{account} is no bank account: look at the digits once more.' },
  badCountry: { status: 422, say: '{country} is no country: write its name, or its code of two or three letters.' },
  maybeDouble: {
    status: 409,
    say: 'There is somebody called {name}, or with the same number or address. A name alone identifies nobody, so this one is new.',
  },
  badType: {
    status: 422,
    say: 'Nobody here knows what {type} means. Write customer or supplier, or leave that column out.',
  },
  badRole: { status: 422, say: '{role} is not a role that a party can have.' },
})

export const duplicatesInput = z.object({
  name: z.string().trim().max(160).default(''),
  phones: z.string().max(300).default(''),
  emails: z.string().max(800).default(''),
})
