import { randomInt } from 'node:crypto'
import { z } from 'zod'
import { CommonProblem } from '#kit/problem.ts'
import { masked } from '#kit/entity.ts'
import { note } from '#kit/server/door/activity.ts'
import { command, Refused } from '#kit/server/door/command.ts'
import type { Ctx, Tx } from '#kit/server/door/context.ts'
import { postMessage } from '#kit/server/door/message.ts'
import { judgeBackupCode, keepBackupCodes, makeBackupCodes, takeBackupCode } from '../factor/backup.store.ts'
import { passkeyAnswer, totpCode, FactorProblem } from '../factor/factor.ts'
import { announceFactor } from '../factor/factor.store.ts'
import { passkeyQuestion, takePasskey } from '../factor/passkey.store.ts'
import { fitsTotp, proposeTotp, takeTotp } from '../factor/totp.store.ts'
import { RegistrationProblem } from '../registration/registration.ts'
import { registrationOf } from '../registration/registration.store.ts'
import type { Security } from '../security/security.ts'
import { securityOf } from '../security/security.store.ts'
import { setPassword } from '../device/session.commands.ts'
import { hashSecret, isDated, matchesSecret, newPassword } from '../session/password.store.ts'
import { tokenHash } from '../session/session.store.ts'
import { passwordInput, SessionProblem } from '../session/session.ts'
import { codeInput, codeMessage, SIGN_IN, SignInProblem, type NextStep } from '../sign-in/sign-in.ts'
import { type Proof } from '../session/session.ts'
import {
  begin,
  candidateOf,
  missed,
  proceed,
  secondWays,
  underWay,
  withCookies,
  type Candidate,
  type Under,
} from '../sign-in/sign-in.store.ts'
import { counted, fromAddress, hourly, type Counted, type Judged } from '../throttle/throttle.store.ts'
import { step } from '#kit/server/door/step.ts'
import { factorLife } from '../factor/factor.ts'

const emailInput = z.string().trim().toLowerCase().max(254)

/**
 * E-mail and password. Known or not, locked or not: the same steps in the same order, so that neither the answer nor its
 * time tells who works here.
 */
export const signIn = command({
  name: 'access.signIn',
  can: 'public',
  input: z.object({ email: emailInput, password: passwordInput }),
  // Counting and hashing come before a connection is held that a till needs meanwhile.
  async before(ctx, { email, password }) {
    const security = await securityOf(ctx.database.db)
    const who = await candidateOf(ctx, { email })
    const takeBack = await fromAddress(ctx, security)
    const count = await counted(ctx, security, { proof: 'password', of: email, by: browserOf(who) })
    // Somebody who waits for approval is told so, if the password is theirs; one hash either way.
    const waiting = who ? undefined : await registrationOf(ctx.database.db, email, ['pending'])
    const matches = await matchesSecret(password, (who ?? waiting)?.passwordHash)
    if (matches && waiting) {
      await count.right()
      throw RegistrationProblem.waiting()
    }
    if (!matches || who?.state !== 'active') {
      await count.wrong()
      note(ctx, 'access.signInFailed', who && { about: { table: 'access_user', id: who.id } })
      throw SessionProblem.wrong()
    }
    await Promise.all([count.right(), takeBack()])
    const rehashed = isDated(who.passwordHash!) ? await hashSecret(password) : null
    return { security, who, rehashed }
  },
  async run(tx, _, { security, who, rehashed }) {
    await stillThere(tx, who)
    if (rehashed) await tx.db.updateTable('accessUser').set({ passwordHash: rehashed }).where('id', '=', who.id).execute()
    return proceed(tx, security, who, { proofs: ['password'] })
  },
})

/** What was judged before the transaction must still hold in it: the password, and that they may come in. */
async function stillThere(tx: Tx, who: Candidate): Promise<void> {
  const now = await tx.db
    .selectFrom('accessUser')
    .select('id')
    .where('id', '=', who.id)
    .where('state', '=', 'active')
    .where((eb) => (who.passwordHash === null ? eb('passwordHash', 'is', null) : eb('passwordHash', '=', who.passwordHash)))
    .forUpdate()
    .executeTakeFirst()
  if (!now) throw SessionProblem.wrong()
}

/** Reads who is in the middle of a sign-in, before the transaction that takes their answer. */
async function inTheMiddle(ctx: Ctx, state: Under['state']) {
  const under = await underWay(ctx, ctx.database.db, false)
  if (under.state !== state || !under.holder) throw SignInProblem.over()
  const [security, who] = await Promise.all([securityOf(ctx.database.db), candidateOf(ctx, { id: under.holder })])
  if (who?.state !== 'active') throw SignInProblem.over()
  return { security, who }
}

/** The same row again, locked: one answer at a time, and the state may have moved on. */
async function lockUnderWay(tx: Tx, state: Under['state'], who: Candidate): Promise<Under> {
  const under = await underWay(tx.ctx, tx.db, true)
  if (under.state !== state || under.holder !== who.id) throw SignInProblem.over()
  return under
}

const browserOf = (who: Candidate | undefined) => (who?.knownBrowser ? 'knownBrowser' : 'stranger')

/** Counts an answer of somebody who is on the way in, against them and not against this sign-in: beginning again gains nothing. */
const countedCode = (ctx: Ctx, security: Security, who: Candidate, proof: Judged) =>
  counted(ctx, security, { proof, of: who.email, by: browserOf(who) })

/** A wrong answer ends the sign-in after some, and locks this proof after as many as the company allows. */
async function refuse(tx: Tx, under: Under, who: Candidate, way: Proof, count: Counted): Promise<Refused> {
  await missed(tx, under)
  // Not after the commit: who asks again at once finds it locked.
  await count.wrong()
  tx.afterCommit(() => note(tx.ctx, 'access.wrongCode', { about: { table: 'access_user', id: who.id }, facts: { way } }))
  return new Refused(way === 'backup' ? SignInProblem.wrongBackup() : SignInProblem.wrongCode())
}

/** The second proof: a code of the app, a backup code, or a code that was mailed. */
export const proveSecond = command({
  name: 'access.proveSecond',
  can: 'public',
  input: z.object({ way: z.enum(['totp', 'backup', 'emailCode']), code: codeInput, trust: z.boolean().default(false) }),
  async before(ctx, { way, code }) {
    const { security, who } = await inTheMiddle(ctx, 'secondAsked')
    const count = await countedCode(ctx, security, who, way)
    const backup = way === 'backup' ? await judgeBackupCode(ctx.database.db, who.id, code) : undefined
    return { security, who, backup, count }
  },
  async run(tx, { way, code, trust }, { security, who, backup, count }) {
    const under = await lockUnderWay(tx, 'secondAsked', who)
    if (!secondWays(who, security).includes(way)) throw SignInProblem.over()
    const isRight =
      way === 'backup'
        ? await takeBackupCode(tx, who.id, backup)
        : way === 'totp'
          ? (await takeTotp(tx, who.id, code.replace(/\s/g, ''), 'active')) !== undefined
          : under.challenge !== null && (await codeIndex(tx.ctx, under.tokenHash, code)) === under.challenge
    if (!isRight) return refuse(tx, under, who, way, count)
    await count.right(tx)
    return proceed(tx, security, who, { proofs: [...under.proofs, way], under, trust })
  },
})

/** A code is kept as a keyed hash that goes with its sign-in: a copy of the database does not help to guess it. */
const codeIndex = async (ctx: Ctx, about: string, code: string): Promise<string> =>
  ctx.database.keys.index(`code ${about}`, code.replace(/\D/g, ''))

const sixDigits = (): string => String(randomInt(1_000_000)).padStart(6, '0')

/** Mails the code of a second proof. */
export const mailSecondCode = command({
  name: 'access.mailSecondCode',
  can: 'public',
  input: z.object({}),
  async before(ctx) {
    const { security, who } = await inTheMiddle(ctx, 'secondAsked')
    if (!(await hourly(ctx, security, `code ${who.email}`, 6))) throw CommonProblem.tooMany({ seconds: 3600 })
    return { security, who }
  },
  async run(tx, _, { security, who }) {
    const under = await lockUnderWay(tx, 'secondAsked', who)
    if (!secondWays(who, security).includes('emailCode')) throw SignInProblem.over()
    return { mailed: true, ...(await sendCode(tx, under.tokenHash, who, security)) }
  },
})

/** Sends a code by e-mail, or by SMS where the company says so and they have confirmed a number. @returns where it went, masked */
async function sendCode(tx: Tx, signIn: string, who: Candidate, { codeBy }: Security): Promise<{ to: string }> {
  const code = sixDigits()
  await tx.db
    .updateTable('accessSignIn')
    .set({ challenge: await codeIndex(tx.ctx, signIn, code) })
    .where('tokenHash', '=', signIn)
    .execute()
  const isSms = codeBy === 'sms' && who.codePhone !== null
  const to = isSms ? who.codePhone! : who.email
  await postMessage(tx, codeMessage, {
    to,
    channel: isSms ? 'sms' : 'mail',
    locale: who.locale,
    facts: { name: who.name, code, minutes: String(SIGN_IN.minutes) },
    about: who.id,
  })
  return { to: String(masked(to)) }
}

/** Asks for a code by e-mail in place of the password. The answer is the same for an address that nobody here has. */
export const askForCode = command({
  name: 'access.askForCode',
  can: 'public',
  input: z.object({ email: z.email().max(254).toLowerCase() }),
  async before(ctx, { email }) {
    const security = await securityOf(ctx.database.db)
    if (security.emailCode !== 'instead') throw CommonProblem.notFound()
    const who = await candidateOf(ctx, { email })
    await fromAddress(ctx, security)
    if (!(await hourly(ctx, security, `code ${email}`, 6))) throw CommonProblem.tooMany({ seconds: 3600 })
    return { security, who: who?.state === 'active' ? who : undefined }
  },
  async run(tx, _, { security, who }) {
    const cookie = await begin(tx, { holder: who?.id ?? null, proofs: ['emailCode'] })
    if (who) await sendCode(tx, tokenHash(cookie.value!), who, security)
    return withCookies({ mailed: true }, [cookie])
  },
})

/** The code that was mailed in place of the password. */
export const proveCode = command({
  name: 'access.proveCode',
  can: 'public',
  input: z.object({ code: codeInput }),
  async before(ctx) {
    const under = await underWay(ctx, ctx.database.db, false)
    if (under.state !== 'begun' || under.proofs[0] !== 'emailCode') throw SignInProblem.over()
    const [security, who] = await Promise.all([
      securityOf(ctx.database.db),
      under.holder ? candidateOf(ctx, { id: under.holder }) : undefined,
    ])
    // For an address that nobody has it looks the same.
    const of = who?.email ?? under.tokenHash
    return { security, who, count: await counted(ctx, security, { proof: 'emailCode', of, by: browserOf(who) }) }
  },
  async run(tx, { code }, { security, who, count }) {
    const under = await underWay(tx.ctx, tx.db, true)
    const isRight = under.challenge !== null && (await codeIndex(tx.ctx, under.tokenHash, code)) === under.challenge
    if (!who || !isRight || under.state !== 'begun') {
      if (who) return refuse(tx, under, who, 'emailCode', count)
      await missed(tx, under)
      await count.wrong()
      return new Refused(SignInProblem.wrongCode())
    }
    if (who.state !== 'active') throw SignInProblem.over()
    await count.right(tx)
    return proceed(tx, security, who, { proofs: ['emailCode'], under })
  },
})

/** Begins a sign-in with a passkey: as the first proof, or as the second of one under way. */
export const askForPasskey = command({
  name: 'access.askForPasskey',
  can: 'public',
  input: z.object({}),
  async run(tx) {
    const under = await underWay(tx.ctx, tx.db, true).catch(() => undefined)
    const isSecond = under?.state === 'secondAsked'
    const options = await passkeyQuestion(tx.db, isSecond ? under.holder! : undefined)
    if (isSecond) {
      await tx.db
        .updateTable('accessSignIn')
        .set({ challenge: options.challenge })
        .where('tokenHash', '=', under.tokenHash)
        .execute()
      return { options }
    }
    return withCookies({ options }, [await begin(tx, { challenge: options.challenge })])
  },
})

export const provePasskey = command({
  name: 'access.provePasskey',
  can: 'public',
  input: z.object({ answer: passkeyAnswer, trust: z.boolean().default(false) }),
  before: (ctx) => securityOf(ctx.database.db),
  async run(tx, { answer, trust }, security): Promise<NextStep | Refused> {
    const under = await underWay(tx.ctx, tx.db, true)
    // A challenge is good for one answer, right or wrong.
    await tx.db.updateTable('accessSignIn').set({ challenge: null }).where('tokenHash', '=', under.tokenHash).execute()
    const found = under.challenge ? await takePasskey(tx, answer, under.challenge) : undefined
    const isAnothers = under.holder !== null && found?.holder !== under.holder
    if (!found || isAnothers) {
      await missed(tx, under)
      note(tx.ctx, 'access.wrongPasskey')
      return new Refused(SignInProblem.passkey())
    }
    const who = await candidateOf(tx.ctx, { id: found.holder }, tx.db)
    if (who?.state !== 'active') throw SignInProblem.passkey()
    return proceed(tx, security, who, { proofs: [...under.proofs, 'passkey'], under, trust })
  },
})

/** A role asks for a second proof and there is none yet: an app is set up on the way in. */
export const enrolOnTheWay = command({
  name: 'access.enrolOnTheWay',
  can: 'public',
  shownOnce: true,
  input: z.object({}),
  before: (ctx) => inTheMiddle(ctx, 'enrolmentAsked'),
  async run(tx, _, { who }) {
    await lockUnderWay(tx, 'enrolmentAsked', who)
    const { secret, uri, qr } = await proposeTotp(tx, who)
    return { secret, uri, qr }
  },
})

export const confirmOnTheWay = command({
  name: 'access.confirmOnTheWay',
  can: 'public',
  shownOnce: true,
  input: z.object({ code: totpCode }),
  async before(ctx, { code }) {
    const found = await inTheMiddle(ctx, 'enrolmentAsked')
    const count = await countedCode(ctx, found.security, found.who, 'totp')
    // Ten hashes are made for a right code only.
    const isRight = await fitsTotp(ctx, found.who.id, code)
    return { ...found, count, codes: isRight ? await makeBackupCodes() : [] }
  },
  async run(tx, { code }, { security, who, codes, count }) {
    const under = await lockUnderWay(tx, 'enrolmentAsked', who)
    const id = codes.length > 0 ? await takeTotp(tx, who.id, code, 'proposed') : undefined
    if (!id) {
      await missed(tx, under)
      await count.wrong()
      return new Refused(FactorProblem.wrongCode())
    }
    await count.right(tx)
    await step(tx, factorLife, id, 'confirm')
    await keepBackupCodes(tx, who.id, codes)
    await announceFactor(tx, who, 'added')
    const answer = await proceed(tx, security, who, { proofs: [...under.proofs, 'totp'], under })
    return Object.assign(answer, { backupCodes: codes.map((one) => one.code) })
  },
})

/** A password that must be changed is changed on the way in. */
export const changeOnTheWay = command({
  name: 'access.changePasswordOnTheWay',
  can: 'public',
  input: z.object({ password: passwordInput }),
  async before(ctx, { password }) {
    const { security, who } = await inTheMiddle(ctx, 'passwordAsked')
    // That it is the old one is told to whoever has just shown that they know it: nothing is guessed here.
    if (await matchesSecret(password, who.passwordHash)) throw SessionProblem.common()
    return { security, who, hash: await newPassword(ctx, security, password, who) }
  },
  async run(tx, _, { security, who, hash }) {
    const under = await lockUnderWay(tx, 'passwordAsked', who)
    await setPassword(tx, who, hash)
    return proceed(tx, security, { ...who, mustChangePassword: false }, { proofs: under.proofs, under })
  },
})
