import { randomInt } from 'node:crypto'
import { z } from 'zod'
import { masked } from '#kit/entity.ts'
import { newId } from '#kit/id.ts'
import { CommonProblem } from '#kit/problem.ts'
import { note } from '#kit/server/door/activity.ts'
import { blindIndex, blindIndexes } from '#kit/server/data/blind.ts'
import { command, Refused } from '#kit/server/door/command.ts'
import type { Ctx, Tx } from '#kit/server/door/context.ts'
import { keysOf } from '#kit/server/data/db.ts'
import { drawUpload, forgetFiles, keepImage } from '#kit/server/files/file.ts'
import { postMessage } from '#kit/server/door/message.ts'
import { tidyPhones } from '#modules/parties/index.ts'
import { countedProof } from '../device/device.commands.ts'
import { endSessionsOf, forgetSessions } from '../session/session.store.ts'
import { whereAndWhen } from '../session/mailing.store.ts'
import { codeInput } from '../sign-in/sign-in.ts'
import { seldom, type Counted } from '../throttle/throttle.store.ts'
import { emailColumns } from '../user/email.store.ts'
import { userChanged } from '../user/user.ts'
import {
  CONTACT,
  contactCodeMessage,
  emailChangedMessage,
  focusInput,
  PHOTO_MEGABYTES,
  PHOTOS_HOURLY,
  ProfileProblem,
  type ContactKind,
} from './profile.ts'

const own = (tx: Tx) =>
  tx.db.selectFrom('accessUser').selectAll().where('id', '=', tx.actor.id!).forUpdate().executeTakeFirstOrThrow()
type Values = Readonly<Record<string, unknown>>
type Own = Awaited<ReturnType<typeof own>>

/** Changes one's own row and tells the screens that show it. */
async function change(tx: Tx, user: Own, set: object, before: Values, after: Values): Promise<void> {
  const version = user.version + 1
  await tx.db
    .updateTable('accessUser')
    .set({ ...set, version })
    .where('id', '=', user.id)
    .execute()
  tx.about('access_user', user.id)
  tx.changed({ table: 'access_user', record: user.id, version, before, after })
  tx.emit(userChanged, { user: user.id })
  tx.afterCommit(forgetSessions)
}

/** One's picture, in place of the one before. Colleagues see it where they see the name. */
export const setPhoto = command({
  name: 'access.setPhoto',
  can: 'signedIn',
  takesFile: true,
  input: z.object({}),
  async before(ctx) {
    if (!(await seldom(ctx, 'photo', PHOTOS_HOURLY))) throw CommonProblem.tooMany({ seconds: 3600 })
    return drawUpload(ctx, { megabytes: PHOTO_MEGABYTES })
  },
  async run(tx, _, drawn) {
    const user = await own(tx)
    const owner = { table: 'access_user', record: user.id, needs: 'signedIn' }
    const photo = await keepImage(tx, owner, drawn)
    await change(tx, user, { photo, photoX: 50, photoY: 50 }, { photo: user.photo }, { photo })
    if (user.photo) await forgetFiles(tx.db, [user.photo])
    return { photo }
  },
})

/** Which point of the picture is in the middle when it is cut. */
export const focusPhoto = command({
  name: 'access.focusPhoto',
  can: 'signedIn',
  input: focusInput,
  async run(tx, { x, y }) {
    const user = await own(tx)
    if (!user.photo) throw ProfileProblem.noPhoto()
    const before = { photoX: user.photoX, photoY: user.photoY }
    await change(tx, user, { photoX: x, photoY: y }, before, { photoX: x, photoY: y })
    return { x, y }
  },
})

export const removePhoto = command({
  name: 'access.removePhoto',
  can: 'signedIn',
  input: z.object({}),
  async run(tx) {
    const user = await own(tx)
    if (!user.photo) return { removed: false }
    await change(tx, user, { photo: null }, { photo: user.photo }, { photo: null })
    await forgetFiles(tx.db, [user.photo])
    return { removed: true }
  },
})

const codeIndex = (tx: Tx, id: string, code: string): string => keysOf(tx.db).index(`contact ${id}`, code.replace(/\D/g, ''))

const fewContacts = async (ctx: Ctx): Promise<void> => {
  if (!(await seldom(ctx, 'contact', CONTACT.hourly))) throw CommonProblem.tooMany({ seconds: 3600 })
}

const forgetProposed = (tx: Tx, { id }: Own, kind: ContactKind) =>
  tx.db.deleteFrom('accessContact').where('holder', '=', id).where('kind', '=', kind).execute()

/** Sends a code to a new address or number of one's own; it counts once the code has come back. */
async function propose(tx: Tx, user: Own, kind: ContactKind, value: string): Promise<{ to: string }> {
  const [id, code] = [newId(), String(randomInt(1_000_000)).padStart(6, '0')]
  await forgetProposed(tx, user, kind)
  await tx.db
    .insertInto('accessContact')
    .values({
      id,
      holder: user.id,
      kind,
      value: keysOf(tx.db).sealed(id, value),
      codeHash: codeIndex(tx, id, code),
      expiresAt: tx.now.add({ minutes: CONTACT.minutes }),
    })
    .execute()
  await postMessage(tx, contactCodeMessage, {
    to: value,
    channel: kind === 'phone' ? 'sms' : 'mail',
    locale: user.locale,
    facts: { name: user.name, code, minutes: String(CONTACT.minutes) },
    about: user.id,
  })
  tx.about('access_user', user.id)
  return { to: String(masked(value)) }
}

/** What a code confirms. @returns a refusal that must be returned, so that the try counts */
async function confirmed(tx: Tx, kind: ContactKind, code: string, count: Counted): Promise<string | Refused> {
  const found = await tx.db
    .selectFrom('accessContact')
    .selectAll()
    .where('holder', '=', tx.actor.id!)
    .where('kind', '=', kind)
    .forUpdate()
    .executeTakeFirst()
  const isOpen = found && found.tries < CONTACT.tries && Temporal.Instant.compare(found.expiresAt, tx.now) > 0
  if (!isOpen) throw ProfileProblem.wrongCode()
  if (codeIndex(tx, found.id, code) !== found.codeHash) {
    await tx.db
      .updateTable('accessContact')
      .set({ tries: found.tries + 1 })
      .where('id', '=', found.id)
      .execute()
    await count.wrong()
    note(tx.ctx, 'access.wrongCode', { about: { table: 'access_user', id: found.holder }, facts: { way: kind } })
    return new Refused(ProfileProblem.wrongCode())
  }
  await tx.db.deleteFrom('accessContact').where('id', '=', found.id).execute()
  await count.right(tx)
  return found.value
}

/** Another e-mail address for oneself. The answer does not tell whether somebody has it already: then no code comes. */
export const proposeEmail = command({
  name: 'access.proposeEmail',
  can: 'signedIn',
  stepUp: true,
  input: z.object({ email: z.email().max(254).toLowerCase() }),
  before: fewContacts,
  async run(tx, { email }) {
    const user = await own(tx)
    const known = await tx.db
      .selectFrom('accessUser')
      .select('id')
      .where('emailIndex', '=', blindIndex(tx.db, email))
      .executeTakeFirst()
    // What was proposed before is over either way, so that nothing tells whether this address is known.
    await forgetProposed(tx, user, 'email')
    return known ? { to: String(masked(email)) } : propose(tx, user, 'email', email)
  },
})

/** The code from the new mailbox. The old address is told. */
export const confirmEmail = command({
  name: 'access.confirmEmail',
  can: 'signedIn',
  stepUp: true,
  input: z.object({ code: codeInput }),
  before: (ctx) => countedProof(ctx, 'contactCode'),
  async run(tx, { code }, count) {
    const user = await own(tx)
    const email = await confirmed(tx, 'email', code, count)
    if (email instanceof Refused) return email
    const formerIndexes = [...user.formerIndexes, ...blindIndexes(tx.db, user.email)]
    await change(tx, user, { ...emailColumns(tx.db, user.id, email), formerIndexes }, { email: user.email }, { email })
    // Whoever holds the old mailbox gets in by nothing that went there.
    await tx.db
      .updateTable('accessReset')
      .set({ usedAt: tx.now })
      .where('holder', '=', user.id)
      .where('usedAt', 'is', null)
      .execute()
    await tx.db.deleteFrom('accessSignIn').where('holder', '=', user.id).execute()
    await endSessionsOf(tx, user.id, tx.ctx.session)
    await tx.db.updateTable('accessBrowser').set({ trustedUntil: null }).where('holder', '=', user.id).execute()
    const facts = { name: user.name, to: String(masked(email)), ...(await whereAndWhen(tx, user.locale)) }
    await postMessage(tx, emailChangedMessage, { to: user.email, locale: user.locale, facts, about: user.id })
    return { changed: true }
  },
})

/** The number that codes go to: one of one's own, confirmed by a code. */
export const proposeCodePhone = command({
  name: 'access.proposeCodePhone',
  can: 'signedIn',
  stepUp: true,
  input: z.object({ phone: z.string().trim().max(24) }),
  before: fewContacts,
  async run(tx, { phone }) {
    const user = await own(tx)
    const [number = ''] = await tidyPhones(tx.db, [phone])
    if (!user.phones.includes(number)) throw ProfileProblem.notYours()
    return propose(tx, user, 'phone', number)
  },
})

export const confirmCodePhone = command({
  name: 'access.confirmCodePhone',
  can: 'signedIn',
  stepUp: true,
  input: z.object({ code: codeInput }),
  before: (ctx) => countedProof(ctx, 'contactCode'),
  async run(tx, { code }, count) {
    const user = await own(tx)
    const phone = await confirmed(tx, 'phone', code, count)
    if (phone instanceof Refused) return phone
    const codePhone = keysOf(tx.db).sealed(user.id, phone)
    await change(tx, user, { codePhone }, { codePhone: masked(user.codePhone) }, { codePhone: masked(phone) })
    return { phone: String(masked(phone)) }
  },
})
