import { sql } from 'kysely'
import { setsCookie, type CookieChange } from '#kit/server/edge/http.ts'
import { note } from '#kit/server/door/activity.ts'
import type { Ctx, Tx } from '#kit/server/door/context.ts'
import type { Db } from '#kit/server/data/db.ts'
import { postMessage } from '#kit/server/door/message.ts'
import { mayStep } from '#kit/machine.ts'
import { lifeJson, type SessionLife } from '../role/role.store.ts'
import type { Security } from '../security/security.ts'
import { securityOf } from '../security/security.store.ts'
import { endSession, newToken, startSession, tokenHash } from '../session/session.store.ts'
import { newDeviceMessage, SESSION } from '../session/session.ts'
import { whereAndWhen } from '../session/mailing.store.ts'
import { BROWSER, nextVerb, SIGN_IN, signInLife, SignInProblem, type NextStep, type SignInState } from './sign-in.ts'
import { type Proof } from '../session/session.ts'
import { blindIndex } from '#kit/server/data/blind.ts'
import { step } from '#kit/server/door/step.ts'

/** Who is on the way in, as far as the next step needs to know. */
export interface Candidate {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly codePhone: string | null
  readonly locale: string
  readonly state: string
  readonly passwordHash: string | null
  readonly mustChangePassword: boolean
  readonly life: SessionLife
  readonly hasTotp: boolean
  readonly hasPasskey: boolean
  /** This browser is known to them, and since when it is trusted. */
  readonly knownBrowser: boolean
  readonly trustedUntil: Temporal.Instant | null
  readonly lastPasswordAt: Temporal.Instant | null
}

/** One round trip for all that a sign-in asks about a person. */
export async function candidateOf(
  ctx: Ctx,
  by: { email: string } | { id: string },
  db: Db = ctx.database.db,
): Promise<Candidate | undefined> {
  const browser = ctx.cookies?.[BROWSER.cookie]
  const hash = browser ? tokenHash(browser) : ''
  const row = await db
    .selectFrom('accessUser as u')
    .leftJoin('accessBrowser as b', (join) => join.onRef('b.holder', '=', 'u.id').on('b.tokenHash', '=', hash))
    .select([
      'u.id',
      'u.name',
      'u.email',
      'u.locale',
      'u.state',
      'u.passwordHash',
      'u.mustChangePassword',
      'u.lastPasswordAt',
      'u.codePhone',
    ])
    .select(['b.holder as browserHolder', 'b.trustedUntil'])
    .select(lifeJson(sql`u.id`).as('life'))
    .select(
      sql<boolean>`exists (select 1 from access_factor f where f.holder = u.id and f.kind = 'totp' and f.state = 'active')`.as(
        'hasTotp',
      ),
    )
    .select(
      sql<boolean>`exists (select 1 from access_factor f where f.holder = u.id and f.kind = 'passkey' and f.state = 'active')`.as(
        'hasPasskey',
      ),
    )
    .where((eb) => ('email' in by ? eb('u.emailIndex', '=', blindIndex(ctx.database.db, by.email)) : eb('u.id', '=', by.id)))
    .executeTakeFirst()
  return row && { ...row, knownBrowser: row.browserHolder !== null }
}

/** The ways in which this person can give a second proof, the usual one first. */
export function secondWays(who: Candidate, security: Pick<Security, 'emailCode'>): Proof[] {
  const ways: Proof[] = []
  if (who.hasTotp) ways.push('totp')
  if (who.hasPasskey) ways.push('passkey')
  if (who.hasTotp) ways.push('backup')
  if (ways.length === 0 && security.emailCode === 'besides') ways.push('emailCode')
  return ways
}

const DAY_HOURS = 24

function needsSecond(who: Candidate, security: Security, now: Temporal.Instant): boolean {
  if (who.hasTotp || who.life.secondFactor) return true
  if (security.emailCode !== 'besides') return false
  return !who.lastPasswordAt || now.since(who.lastPasswordAt).total('hours') > DAY_HOURS
}

export interface Under {
  readonly tokenHash: string
  readonly holder: string | null
  readonly state: SignInState
  readonly proofs: readonly Proof[]
  readonly challenge: string | null
  readonly tries: number
}

const PAGE = {
  complete: 'enter',
  askSecond: 'second',
  askEnrolment: 'enrolment',
  askPassword: 'password',
  refuse: 'enter',
} as const

/** Sets cookies beside an answer. A symbol is not part of the JSON: no token stands in an answer or under a key. */
export const withCookies = <T extends object>(output: T, cookies: readonly CookieChange[]): T =>
  Object.assign(output, { [setsCookie]: cookies })

export const signInCookie = (value: string | null): CookieChange => ({
  name: SIGN_IN.cookie,
  value,
  maxAge: SIGN_IN.minutes * 60,
})
const sessionCookie = (value: string | null, hours: number): CookieChange => ({
  name: SESSION.cookie,
  value,
  maxAge: hours * 3600,
})

/** Begins a sign-in that waits for an answer: the challenge of a passkey, or a code that was mailed. */
export async function begin(
  tx: Tx,
  of: {
    holder?: string | null
    challenge?: string | null
    state?: SignInState
    proofs?: readonly Proof[]
    minutes?: number
  } = {},
): Promise<CookieChange> {
  const token = newToken()
  await tx.db
    .insertInto('accessSignIn')
    .values({
      tokenHash: tokenHash(token),
      holder: of.holder ?? null,
      state: of.state ?? 'begun',
      proofs: [...(of.proofs ?? [])],
      challenge: of.challenge ?? null,
      createdAt: tx.now,
      expiresAt: tx.now.add({ minutes: of.minutes ?? SIGN_IN.minutes }),
    })
    .execute()
  return { name: SIGN_IN.cookie, value: token, maxAge: (of.minutes ?? SIGN_IN.minutes) * 60 }
}

/** The sign-in that this browser is in the middle of. @throws `access.signIn.over` */
export async function underWay(ctx: Ctx, db: Db, lock: boolean): Promise<Under> {
  const token = ctx.cookies?.[SIGN_IN.cookie]
  const query = db
    .selectFrom('accessSignIn')
    .select(['tokenHash', 'holder', 'state', 'proofs', 'challenge', 'tries'])
    .where('tokenHash', '=', token ? tokenHash(token) : '')
    .where('expiresAt', '>', ctx.now)
    .where('state', 'not in', ['completed', 'refused'])
  const found = await (lock ? query.forUpdate() : query).executeTakeFirst()
  if (!found || found.tries >= SIGN_IN.tries) throw SignInProblem.over()
  return found as Under
}

/** A wrong answer to a sign-in under way. After five it is over, and everything begins again, throttle and all. */
export async function missed(tx: Tx, under: Under): Promise<void> {
  const tries = under.tries + 1
  if (tries >= SIGN_IN.tries) await step(tx, signInLife, under, 'refuse', { tries })
  else await tx.db.updateTable('accessSignIn').set({ tries }).where('tokenHash', '=', under.tokenHash).execute()
}

/**
 * After a right proof: asks for what is still wanted, or opens the session. The tokens travel as cookies beside the answer.
 */
export async function proceed(
  tx: Tx,
  security: Security,
  who: Candidate,
  given: { proofs: readonly Proof[]; under?: Under | undefined; trust?: boolean },
): Promise<NextStep> {
  const { proofs, under } = given
  const ways = secondWays(who, security)
  const verb = nextVerb({
    proofs,
    needsSecond: needsSecond(who, security, tx.now),
    hasSecond: ways.length > 0,
    secondIsMailed: ways[0] === 'emailCode',
    isTrusted: who.trustedUntil !== null && Temporal.Instant.compare(who.trustedUntil, tx.now) > 0,
    mustChangePassword: who.mustChangePassword,
  })
  if (under && !mayStep(signInLife, verb, under.state)) throw SignInProblem.over()
  const { to } = signInLife.steps[verb]
  if (verb === 'complete') return open(tx, security, who, { ...given, under })
  const answer: NextStep = { next: PAGE[verb], ...(verb === 'askSecond' && { ways }) }
  if (!under) return withCookies(answer, [await begin(tx, { holder: who.id, state: to, proofs })])
  await step(tx, signInLife, under, verb, { proofs: [...proofs], holder: who.id, challenge: null, tries: 0 })
  return withCookies(answer, [])
}

async function open(
  tx: Tx,
  security: Security,
  who: Candidate,
  { proofs, under, trust }: { proofs: readonly Proof[]; under?: Under | undefined; trust?: boolean },
): Promise<NextStep> {
  if (under) await step(tx, signInLife, under, 'complete')
  const cookies = await enter(tx, who, proofs)
  const browser = await rememberBrowser(tx, security, who, trust === true)
  return withCookies<NextStep>({ next: 'enter' }, [...cookies, ...browser, signInCookie(null)])
}

/** A new session for somebody; the one that this browser had before ends, so that no token outlives a sign-in. */
export async function enter(
  tx: Tx,
  who: { id: string; name: string; life: SessionLife },
  proofs: readonly Proof[],
): Promise<CookieChange[]> {
  const { life } = who
  if (tx.ctx.session) await endSession(tx, tx.ctx.session)
  const token = await startSession(tx, who.id, life, proofs)
  const isFull = proofs.some((one) => one !== 'pin' && one !== 'badge')
  await tx.db
    .updateTable('accessUser')
    .set({ lastSeenAt: tx.now, ...(isFull && { lastPasswordAt: tx.now }) })
    .where('id', '=', who.id)
    .execute()
  tx.about('access_user', who.id)
  tx.afterCommit(() => note(tx.ctx, 'access.signedIn', { actor: who, facts: { proofs } }))
  return [sessionCookie(token, life.hours)]
}

/** Notes that this person has signed in from this browser; tells them by e-mail when it is another one than before. */
async function rememberBrowser(tx: Tx, security: Security, who: Candidate, trust: boolean): Promise<CookieChange[]> {
  const known = tx.ctx.cookies?.[BROWSER.cookie]
  const token = known ?? newToken()
  const trustedUntil = trust && security.trustDays > 0 ? tx.now.add({ hours: security.trustDays * 24 }) : null
  const others = who.knownBrowser
    ? undefined
    : await tx.db.selectFrom('accessBrowser').select('holder').where('holder', '=', who.id).limit(1).executeTakeFirst()
  await tx.db
    .insertInto('accessBrowser')
    .values({
      tokenHash: tokenHash(token),
      holder: who.id,
      device: tx.ctx.device ?? null,
      firstAt: tx.now,
      lastAt: tx.now,
      trustedUntil,
    })
    .onConflict((conflict) =>
      conflict.columns(['tokenHash', 'holder']).doUpdateSet({ lastAt: tx.now, ...(trustedUntil && { trustedUntil }) }),
    )
    .execute()
  if (others) await tellOf(tx, who)
  return [{ name: BROWSER.cookie, value: token, maxAge: BROWSER.days * 24 * 3600 }]
}

async function tellOf(tx: Tx, who: Candidate): Promise<void> {
  await postMessage(tx, newDeviceMessage, {
    to: who.email,
    locale: who.locale,
    facts: { name: who.name, ...(await whereAndWhen(tx, who.locale)) },
    about: who.id,
  })
}

/** Opens a session for somebody who has just been let in: the first owner, or who followed an invitation. */
export async function openSession<T extends object>(tx: Tx, holder: string, output: T): Promise<T> {
  const [security, who] = [await securityOf(tx.db), await candidateOf(tx.ctx, { id: holder }, tx.db)]
  if (!who) throw new Error('a session needs somebody to hold it')
  const cookies = await enter(tx, who, ['password'])
  return withCookies(output, [...cookies, ...(await rememberBrowser(tx, security, who, false))])
}
