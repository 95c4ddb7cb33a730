import { timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import { newId } from '#kit/id.ts'
import { decimalsOf } from '#kit/money.ts'
import { CommonProblem } from '#kit/problem.ts'
import { command } from '#kit/server/door/command.ts'
import { insertRow } from '#kit/server/list/crud.ts'
import type { Ctx, Tx } from '#kit/server/door/context.ts'
import type { Db } from '#kit/server/data/db.ts'
import { writeSetting } from '#kit/server/door/setting.ts'
import { serverWords } from '#kit/server/host/words.ts'
import { isTimeZone } from '#kit/time.ts'
import { translate } from '#kit/words.ts'
import { addOwner, counted, newPassword, openSession, securityOf } from '#modules/access/index.ts'
import { startTaxes, startUnits } from '#modules/catalog/index.ts'
import { addShopFloor, startLocations } from '#modules/inventory/index.ts'
import { startChart } from '#modules/ledger/index.ts'
import { startMethods } from '#modules/payments/index.ts'
import { countryFacts, refuseTaxNumber } from '#modules/places/country.ts'
import type { Company } from '#modules/places/company.ts'
import { readCompany } from '#modules/places/index.ts'
import { place, PlaceProblem } from '#modules/places/place/place.ts'
import { addTill, posSettings } from '#modules/pos/index.ts'
import { companyInput, setupInput, SetupProblem } from './setup.ts'
import { fixedFacts, setupCodeOf } from './setup.store.ts'

/**
 * The first run: company, chart of accounts, taxes, ways to pay, first store with its till, and the owner, who is signed
 * in. All or nothing; it works once.
 */
export const setUp = command({
  name: 'setup.setUp',
  can: 'public',
  input: setupInput,
  async before(ctx, { code, company, owner }) {
    await refuseStranger(ctx, ctx.database.db, code)
    const person = { name: `${owner.name} ${company.name}`, email: owner.email }
    return newPassword(ctx, await securityOf(ctx.database.db), owner.password, person)
  },
  async run(tx, input, passwordHash) {
    // One set-up at a time: the second one waits here and then finds the company.
    await tx.client.query(`select pg_advisory_xact_lock(hashtext('duka.setup'))`)
    await refuseStranger(tx.ctx, tx.db, input.code)
    if (!isTimeZone(input.company.timeZone)) throw PlaceProblem.badTimeZone({ zone: input.company.timeZone })
    const company = await startCompany(tx, input.company)
    const store = await addStore(tx, { ...input.store, company, number: 1 })
    const owner = await addOwner(tx, { ...input.owner, passwordHash, locale: company.locale })
    tx.about('place', store.place, store.place)
    return openSession(tx, owner, { user: owner, ...store })
  },
})

/** Is this the code that the terminal shows? Asked at the first step, so that nobody fills in the others for nothing. */
export const checkSetupCode = command({
  name: 'setup.checkCode',
  can: 'public',
  untrailed: true,
  input: z.object({ code: setupInput.shape.code }),
  async run(tx, { code }) {
    await refuseStranger(tx.ctx, tx.db, code)
    return { right: true }
  },
})

async function refuseStranger(ctx: Ctx, db: Db, code: string): Promise<void> {
  if (await readCompany(db)) throw SetupProblem.done()
  // By where it comes from, so that no stranger keeps the owner out.
  const count = await counted(ctx, await securityOf(db), { proof: 'setupCode', of: ctx.address ?? 'here' })
  if (!sameCode(code, setupCodeOf(ctx.database))) {
    await count.wrong()
    throw SetupProblem.wrongCode()
  }
  await count.right()
}

async function startCompany(tx: Tx, wanted: z.output<typeof setupInput>['company']): Promise<Company> {
  refuseTaxNumber(wanted.country, wanted.taxNumber, 'company.taxNumber')
  const facts = countryFacts(wanted.country)
  const company: Company = {
    ...wanted,
    ...onPapers(wanted),
    languages: [...new Set([wanted.locale, ...facts.locales])],
    pricesIncludeTax: facts.pricesIncludeTax,
  }
  await writeSetting(tx, 'company', company)
  const t = translate(serverWords(), company.locale)
  await startChart(tx, facts.chart, t)
  await startTaxes(tx, facts.taxes, t)
  await startUnits(tx, t)
  await startLocations(tx, t)
  await startMethods(tx, wanted.country, t)
  return company
}

/** An empty text is none. */
const onPapers = (given: Partial<Record<'taxNumber' | 'receiptHead' | 'receiptNote', string | null>>) => ({
  taxNumber: given.taxNumber || undefined,
  receiptHead: given.receiptHead || undefined,
  receiptNote: given.receiptNote || undefined,
})

/** A store with its shop floor and one till. Codes are short, because they stand in every number. */
export async function addStore(
  tx: Tx,
  store: { name: string; till: string; company: Company; number: number },
): Promise<{ place: string; location: string; till: string }> {
  const [id, code] = [newId(), `S${store.number}`]
  await insertRow(tx, place, {
    id,
    kind: 'store',
    name: store.name,
    code,
    timeZone: store.company.timeZone,
    cutOffHour: store.company.cutOffHour,
  })
  const location = await addShopFloor(tx, { id, code, name: store.name })
  const till = await addTill(tx, { name: store.till, code: `${code}T1`, place: id, location })
  return { place: id, location, till }
}

const sameCode = (given: string, expected: string | undefined): boolean => {
  const [a, b] = [given.replace(/\D/g, ''), expected?.replace(/\D/g, '') ?? '']
  return b.length > 0 && a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b))
}

/** What may still change: money that stands in the books has a currency, and sold prices had their tax in them or not. */
async function refuseLate(tx: Tx, before: Company, next: Pick<Company, 'currency' | 'pricesIncludeTax'>) {
  const fixed = await fixedFacts(tx.db)
  if (next.currency !== before.currency) {
    if (fixed.currency) throw SetupProblem.hasEntries()
    if (fixed.decimals && decimalsOf(next.currency) !== decimalsOf(before.currency))
      throw SetupProblem.otherDecimals({ currency: next.currency })
  }
  if (next.pricesIncludeTax !== before.pricesIncludeTax && fixed.pricesIncludeTax) throw SetupProblem.hasSales()
}

export const changeCompany = command({
  name: 'setup.changeCompany',
  can: 'setup.company.edit',
  input: companyInput,
  async run(tx, { discountLimit, ...input }) {
    const before = await readCompany(tx.db)
    if (!before) throw CommonProblem.notFound()
    if (!isTimeZone(input.timeZone)) throw PlaceProblem.badTimeZone({ zone: input.timeZone })
    await refuseLate(tx, before, input)
    // What stands already stays: only another number, or another country, is looked at.
    if ((input.taxNumber ?? '') !== (before.taxNumber ?? '') || input.country !== before.country)
      refuseTaxNumber(input.country, input.taxNumber)
    const languages = [...new Set([input.locale, ...input.languages])]
    const areasOff = input.areasOff ?? before.areasOff
    await writeSetting(tx, 'company', { ...before, ...input, languages, areasOff, ...onPapers(input) })
    await writeSetting(tx, 'pos', { ...(await posSettings(tx.db)), discountLimit })
    return { changed: true }
  },
})
