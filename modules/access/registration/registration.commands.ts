import { newId } from '#kit/id.ts'
import { CommonProblem } from '#kit/problem.ts'
import { note } from '#kit/server/door/activity.ts'
import { linkTo } from '#kit/server/host/address.ts'
import { command, Refused } from '#kit/server/door/command.ts'
import type { Ctx, Tx } from '#kit/server/door/context.ts'
import { enqueue, job } from '#kit/server/door/job.ts'
import { drawUpload, forgetFiles, keepImage } from '#kit/server/files/file.ts'
import { refuseHeld } from '#kit/server/list/keeping.ts'
import { postMessage } from '#kit/server/door/message.ts'
import { keysOf } from '#kit/server/data/db.ts'
import { z } from 'zod'
import { addSeller, bankAccount, tidyPhones } from '#modules/parties/index.ts'
import { newToken, tokenHash } from '../session/session.store.ts'
import { securityOf } from '../security/security.store.ts'
import { newPassword } from '../session/password.store.ts'
import { counted, hourly } from '../throttle/throttle.store.ts'
import { withCookies } from '../sign-in/sign-in.store.ts'
import { distinct } from '../role/role.ts'
import { userChanged } from '../user/user.ts'
import { agreeTo, giveRoles, judgeRoles, onlyPlace, refuseBeyond } from '../user/user.store.ts'
import { requirePerson } from './captcha.store.ts'
import { tellDeciders } from './registration.mail.store.ts'
import {
  approvedMessage,
  approveInput,
  CODE_TRIES,
  identityInput,
  registerInput,
  registrationChanged,
  registrationLife,
  RegistrationProblem,
  rejectedMessage,
  REGISTERING,
  rejectInput,
  verifyInput,
  registration,
} from './registration.ts'
import {
  codeIndex,
  begunIn,
  dropPictures,
  keepRegistration,
  registrationOf,
  takePlace,
  waitsForPictures,
  type Registrant,
} from './registration.store.ts'
import { contactColumns } from '../user/email.store.ts'
import { blindIndex } from '#kit/server/data/blind.ts'
import { step } from '#kit/server/door/step.ts'

const openSecurity = async (ctx: Ctx, isSeller: boolean) => {
  const security = await securityOf(ctx.database.db)
  if (isSeller && !security.sellerRegistration) throw RegistrationProblem.closedToSellers()
  if (!isSeller && !security.registration) throw RegistrationProblem.closed()
  return security
}

/** Written twice and right: what is paid out must arrive. @returns it as it is kept */
function judgeBank(seller: { bankAccount: string; bankAccountAgain: string; country: string }): string {
  const [once, again] = [seller.bankAccount, seller.bankAccountAgain].map((typed) => bankAccount(typed, seller.country))
  if (!once) throw RegistrationProblem.badBank()
  if (once !== again) throw RegistrationProblem.bankTwice()
  return once
}

const sealedAbout = 'access.register job'

/**
 * Somebody asks to be let in. A code goes to the address; whether it is known here already is found out afterwards, by a
 * job, so that neither the answer nor its time tells.
 */
export const register = command({
  name: 'access.register',
  can: 'public',
  untrailed: true,
  input: registerInput,
  async before(ctx, { name, email, phone, password, captcha, seller }) {
    const security = await openSecurity(ctx, seller !== null)
    if (seller) judgeBank(seller)
    if (phone) await tidyPhones(ctx.database.db, [phone], seller?.country)
    await requirePerson(ctx, security, 'register', captcha)
    const isMany = !(await hourly(ctx, security, `register from ${ctx.address}`, 20))
    const isOften = !(await hourly(ctx, security, `register ${email}`, 5))
    if (isMany || isOften) throw CommonProblem.tooMany({ seconds: 3600 })
    return newPassword(ctx, security, password, { name, email })
  },
  async run(tx, { name, email, phone: typed, locale, seller }, passwordHash) {
    const [phone = null] = typed ? await tidyPhones(tx.db, [typed], seller?.country) : []
    const { bankAccountAgain: _, ...business } = seller ?? {}
    const ofSeller = seller && { ...(business as NonNullable<Registrant['seller']>), bankAccount: judgeBank(seller) }
    const browser = newToken()
    const browserHash = tokenHash(browser)
    const who: Registrant = { name, email, phone, locale, passwordHash, browserHash, seller: ofSeller }
    const sealed = keysOf(tx.db).seal(JSON.stringify(who), sealedAbout)
    await enqueue(tx.client, registerJob, { sealed, address: tx.ctx.address ?? null })
    const cookie = { name: REGISTERING.cookie, value: browser, maxAge: REGISTERING.minutes * 60 }
    return withCookies({ mailed: true }, [cookie])
  },
})

const keep = command({
  name: 'access.keepRegistration',
  can: 'public',
  internal: true,
  input: z.object({ sealed: z.string() }),
  async run(tx, { sealed }) {
    const who = JSON.parse(keysOf(tx.db).open(sealed, sealedAbout)) as Registrant
    await keepRegistration(tx, who)
  },
})

export const registerJob = job<{ sealed: string; address: string | null }>({
  name: 'access.register',
  run: (ctx, { sealed, address }) => keep({ ...ctx, ...(address && { address }) }, { sealed }),
})

/** The code of the mail: three tries, a quarter of an hour. After it the registration waits for somebody who decides. */
export const verifyRegistration = command({
  name: 'access.verifyRegistration',
  can: 'public',
  takes: ['access.registration:verify', 'access.registration:confirm'],
  shownOnce: true,
  input: verifyInput,
  async before(ctx, { email }) {
    const security = await securityOf(ctx.database.db)
    if (!(await hourly(ctx, security, `verify from ${ctx.address}`, 60))) throw CommonProblem.tooMany({ seconds: 3600 })
    // By the browser that asked as well: others who claim the same address use up nothing of it.
    const of = `${email}|${ctx.cookies?.[REGISTERING.cookie] ?? ''}`
    return counted(ctx, security, { proof: 'registerCode', of })
  },
  async run(tx, { email, code }, count) {
    const browser = tx.ctx.cookies?.[REGISTERING.cookie]
    const found = browser ? await begunIn(tx, email, browser) : undefined
    const isOpen =
      found?.state === 'begun' &&
      found.tries < CODE_TRIES &&
      found.codeUntil !== null &&
      Temporal.Instant.compare(found.codeUntil, tx.now) > 0
    if (!isOpen) throw RegistrationProblem.wrongCode()
    if ((await codeIndex(tx.ctx, found.id, code)) !== found.codeHash) {
      await tx.db
        .updateTable('accessRegistration')
        .set({ tries: found.tries + 1 })
        .where('id', '=', found.id)
        .execute()
      await count.wrong()
      note(tx.ctx, 'access.wrongCode', { about: { table: 'access_registration', id: found.id }, facts: { way: 'register' } })
      return new Refused(RegistrationProblem.wrongCode())
    }
    // Two browsers at once with one address: the one that waits already goes on waiting.
    if (await registrationOf(tx.db, email, ['pending'])) throw RegistrationProblem.wrongCode()
    await count.right(tx)
    await takePlace(tx, email, found.id)
    const isSeller = found.kind === 'seller'
    const upload = isSeller ? newToken() : null
    await step(tx, registration, found, isSeller ? 'confirm' : 'verify', {
      uploadHash: upload && tokenHash(upload),
      codeHash: null,
      codeUntil: null,
    })
    tx.emit(registrationChanged, { registration: found.id })
    if (!isSeller) await tellDeciders(tx, found)
    return { waiting: !isSeller, upload }
  },
})

/** One side of a seller's ID, sealed as it is kept. With both there the registration waits for somebody who decides. */
export const sendIdentity = command({
  name: 'access.sendIdentity',
  can: 'public',
  takes: ['access.registration:submit'],
  takesFile: true,
  input: identityInput,
  async before(ctx, { token }) {
    const security = await securityOf(ctx.database.db)
    if (!(await hourly(ctx, security, `identity from ${ctx.address}`, 40))) throw CommonProblem.tooMany({ seconds: 3600 })
    // Nothing is drawn for a stranger.
    if (!(await waitsForPictures(ctx.database.db, token))) throw RegistrationProblem.noUpload()
    return drawUpload(ctx)
  },
  async run(tx, { token, side }, drawn) {
    const found = await waitsForPictures(tx.db, token, true)
    if (!found) throw RegistrationProblem.noUpload()
    const owner = { table: 'access_registration', record: found.id, needs: 'access.registration.decide' }
    const file = await keepImage(tx, owner, drawn, { sealed: true })
    const before = side === 'front' ? found.idFront : found.idBack
    const sides = { idFront: found.idFront, idBack: found.idBack, [side === 'front' ? 'idFront' : 'idBack']: file }
    const isWhole = sides.idFront !== null && sides.idBack !== null
    await tx.db.updateTable('accessRegistration').set(sides).where('id', '=', found.id).execute()
    if (isWhole) await step(tx, registration, found, 'submit', { uploadHash: null })
    if (before) await forgetFiles(tx.db, [before])
    tx.about('access_registration', found.id)
    tx.emit(registrationChanged, { registration: found.id })
    if (isWhole) await tellDeciders(tx, found)
    return { waiting: isWhole }
  },
})

async function lockPending(tx: Tx, id: string) {
  const found = await tx.db.selectFrom('accessRegistration').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
  if (!found) throw CommonProblem.notFound()
  // Before anything is made or asked for in its name; the step judges it again.
  if (found.state !== 'pending') throw CommonProblem.wrongStep({ state: found.state })
  return found
}

/** Lets somebody in, with roles; they sign in with the password that they chose. */
export const approveRegistration = command({
  name: 'access.approveRegistration',
  can: registrationLife.steps.approve.can,
  takes: ['access.registration:approve'],
  stepUp: true,
  input: approveInput,
  async run(tx, { id, roles: wanted }) {
    const found = await lockPending(tx, id)
    const seller = found.kind === 'seller' ? await becomeSeller(tx, found) : null
    const roles = distinct([...(seller ? [{ role: 'seller', place: null, seller, until: null }] : []), ...wanted])
    if (roles.length === 0) throw RegistrationProblem.noRoles()
    await refuseBeyond(tx, roles)
    await judgeRoles(tx, roles)
    await agreeTo(tx, { person: found.name, before: [], after: roles })
    const known = await tx.db
      .selectFrom('accessUser')
      .select('id')
      .where('emailIndex', '=', blindIndex(tx.db, found.email))
      .executeTakeFirst()
    if (known) throw RegistrationProblem.known()
    const user = newId()
    const { name, email, phone, locale, passwordHash } = found
    await tx.db
      .insertInto('accessUser')
      .values({
        id: user,
        name,
        ...contactColumns(tx.db, user, email, phone ? [phone] : []),
        locale,
        passwordHash,
        passwordChangedAt: tx.now,
      })
      .execute()
    await giveRoles(tx, user, roles)
    await decide(tx, found, 'approve', null, { seller })
    await postMessage(tx, approvedMessage, { to: email, locale, facts: { name, link: linkTo('/sign-in') }, about: user })
    tx.about('access_user', user, onlyPlace(roles))
    tx.changed({ table: 'access_user', record: user, version: 1, before: null, after: { name, email, roles } })
    tx.emit(userChanged, { user })
    return { user }
  },
})

export const rejectRegistration = command({
  name: 'access.rejectRegistration',
  can: registrationLife.steps.reject.can,
  takes: ['access.registration:reject'],
  input: rejectInput,
  async run(tx, { id, reason }) {
    const found = await lockPending(tx, id)
    const { name, email, locale } = found
    await refuseHeld(tx, id)
    // What was sent to be judged is not needed any more.
    await decide(tx, found, 'reject', reason, { idFront: null, idBack: null, bankAccount: null })
    await dropPictures(tx, found)
    await postMessage(tx, rejectedMessage, { to: email, locale, facts: { name, reason }, about: id })
    tx.about('access_registration', id)
    return { rejected: true }
  },
})

/** The business that somebody sells for, among the people that we deal with. */
const becomeSeller = (tx: Tx, found: Awaited<ReturnType<typeof lockPending>>): Promise<string> =>
  addSeller(tx, {
    name: found.company ?? found.name,
    emails: [found.email],
    phones: found.phone ? [found.phone] : [],
    country: found.country,
    bankAccount: found.bankAccount,
  })

async function decide(
  tx: Tx,
  found: Awaited<ReturnType<typeof lockPending>>,
  verb: 'approve' | 'reject',
  reason: string | null,
  more: { seller?: string | null; idFront?: null; idBack?: null; bankAccount?: null },
): Promise<void> {
  const decision = { reason, decidedBy: tx.actor.id, decidedAt: tx.now }
  await step(tx, registration, found, verb, { ...more, ...decision, passwordHash: null })
  tx.emit(registrationChanged, { registration: found.id })
}
