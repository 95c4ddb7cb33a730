/** A protection that is taken out of the program, and the test that must notice. */
export interface Mutation {
  /** The requirement of ASVS 5.0 that it belongs to. */
  readonly requirement: string
  readonly what: string
  readonly file: string
  readonly from: string
  readonly to: string
  readonly test: string
}

const SIGN_IN = 'modules/access/sign-in/sign-in.test.ts'
const POLICY = 'test/policy.test.ts'
const HEADERS = 'test/headers.test.ts'

export const mutations: readonly Mutation[] = [
  {
    requirement: '8.2.1',
    what: 'permissions are not asked for',
    file: 'kit/server/context.ts',
    from: '  if (may(actor, permission, place)) return\n',
    to: '  return\n',
    test: POLICY,
  },
  {
    requirement: '8.2.2',
    what: 'lists and records are not limited to one’s own place',
    file: 'kit/server/list.ts',
    from: '  if (reach.all) return []\n',
    to: '  if (reach) return []\n',
    test: POLICY,
  },
  {
    requirement: '8.2.3',
    what: 'hidden fields are shown',
    file: 'kit/entity.ts',
    from: '.filter(([, f]) => !f.seenBy || holds(f.seenBy))',
    to: '.filter(([, f]) => !f.seenBy || holds(f.seenBy) || true)',
    test: POLICY,
  },
  {
    requirement: '15.3.3',
    what: 'unknown members of a change are let through',
    file: 'kit/entity.ts',
    from: 'Partial<InputOf<HasFields<F>>>> =>\n  z.strictObject(',
    to: 'Partial<InputOf<HasFields<F>>>> =>\n  z.looseObject(',
    test: 'test/attacks.test.ts',
  },
  {
    requirement: '8.1.1',
    what: 'forbidding is forgotten',
    file: 'modules/access/role/role.rules.ts',
    from: "    if (line !== 'never' || !reach) continue\n",
    to: "    if (line !== 'never' || !reach || reach) continue\n",
    test: 'modules/access/role/role.rules.test.ts',
  },
  {
    requirement: '8.4.1',
    what: 'people from outside read without their lock',
    file: 'kit/server/command.ts',
    from: 'const database = ctx.actor.sellers ? lockedTo(ctx.database, ctx.actor.sellers) : ctx.database',
    to: 'const database = ctx.actor.sellers ? (lockedTo, ctx.database) : ctx.database',
    test: 'modules/inventory/stock/seller.test.ts',
  },
  {
    requirement: '2.3.2',
    what: 'an approval is good for anything',
    file: 'modules/access/approval/approval.store.ts',
    from: 'const isSame = row.contentHash === asked.hash && row.command === asked.command && row.place === need.place',
    to: 'const isSame = row.command === asked.command && row.place === need.place',
    test: 'modules/pos/sale/approval.test.ts',
  },
  {
    requirement: '2.3.2',
    what: 'people approve what they asked for themselves',
    file: 'modules/access/approval/approval.commands.ts',
    from: '    if (!mayApprove(tx.actor, { ...row, askedBy: row.askedBy })) throw ApprovalProblem.notYours()\n',
    to: '',
    test: 'modules/pos/sale/approval.test.ts',
  },
  {
    requirement: '3.5.1',
    what: 'changes from another site are taken',
    file: 'kit/server/http.ts',
    from: '  if (unsafe) refuseCrossSite(request)\n',
    to: '  if (!unsafe) refuseCrossSite(request)\n',
    test: 'test/shop.test.ts',
  },
  {
    requirement: '3.3.4',
    what: 'scripts can read the session',
    file: 'kit/server/http.ts',
    from: 'httpOnly: true',
    to: 'httpOnly: false',
    test: HEADERS,
  },
  {
    requirement: '3.4.1',
    what: 'HSTS is for an hour',
    file: 'kit/server/http.ts',
    from: 'maxAge: 31_536_000',
    to: 'maxAge: 3600',
    test: HEADERS,
  },
  {
    requirement: '4.1.3',
    what: 'anybody may claim an address',
    file: 'kit/server/http.ts',
    from: 'trustProxy: options.trustProxy ?? false',
    to: 'trustProxy: true',
    test: HEADERS,
  },
  {
    requirement: '11.3.3',
    what: 'an encrypted value is not bound to its record',
    file: 'kit/server/seal.ts',
    from: '.setAAD(Buffer.from(about))',
    to: '.setAAD(Buffer.from(about.slice(0, 0)))',
    test: HEADERS,
  },
  {
    requirement: '6.2.4',
    what: 'the commonest passwords are taken',
    file: 'modules/access/session/password.store.ts',
    from: '  if (isCommon(password, words, await theCommonest())) throw SessionProblem.common()\n',
    to: '  void [isCommon, words, theCommonest]\n',
    test: HEADERS,
  },
  {
    requirement: '6.3.1',
    what: 'failures are not counted',
    file: 'modules/access/sign-in/throttle.store.ts',
    from: '  const isLocked = await consumed(account, key)\n',
    to: '  const isLocked = await consumed(account, key, 0)\n',
    test: SIGN_IN,
  },
  {
    requirement: '6.5.1',
    what: 'a code of an app works twice',
    file: 'modules/access/factor/totp.store.ts',
    from: 'return lastStep !== null && BigInt(found.timeStep) <= lastStep ? undefined : found.timeStep',
    to: 'return lastStep !== null && BigInt(found.timeStep) < lastStep ? undefined : found.timeStep',
    test: SIGN_IN,
  },
  {
    requirement: '6.5.1',
    what: 'a backup code works twice',
    file: 'modules/access/factor/backup.store.ts',
    from: ".where('hash', '=', judged.hash)\n    .where('usedAt', 'is', null)",
    to: ".where('hash', '=', judged.hash)",
    test: SIGN_IN,
  },
  {
    requirement: '7.2.4',
    what: 'the session of before a sign-in lives on',
    file: 'modules/access/sign-in/sign-in.store.ts',
    from: '  if (tx.ctx.session) await endSession(tx.db, tx.ctx.session)\n',
    to: '  void endSession\n',
    test: SIGN_IN,
  },
  {
    requirement: '7.3.1',
    what: 'idle sessions live on',
    file: 'modules/access/session/session.store.ts',
    from: "    .where('s.seenAt', '>', sql<Temporal.Instant>`now() - make_interval(mins => s.idle_minutes)`)\n",
    to: '',
    test: SIGN_IN,
  },
  {
    requirement: '7.5.1',
    what: 'risky acts ask for no proof',
    file: 'kit/server/command.ts',
    from: '    if (spec.stepUp) requireProof(ctx)\n',
    to: '    void requireProof\n',
    test: SIGN_IN,
  },
  {
    requirement: '10.4.5',
    what: 'a refresh token that comes again ends nothing',
    file: 'modules/access/machine/machine.commands.ts',
    from: 'if (found.revokedAt !== null || (found.usedAt !== null && !(await mayRepeat(tx, found.id, found.usedAt))))',
    to: 'if (found.revokedAt !== null && !(await mayRepeat(tx, found.id, tx.now)))',
    test: 'modules/access/machine/machine.test.ts',
  },
  {
    requirement: '1.2.10',
    what: 'cells of a file may be formulas',
    file: 'kit/server/table/write.ts',
    from: "  quoted(column.type === 'text' ? neutralise(value) : value)",
    to: '  quoted(column.type ? value : neutralise(value))',
    test: 'test/attacks.test.ts',
  },
  {
    requirement: '16.4.2',
    what: 'the program may change the trail',
    file: 'kit/server/migrate.ts',
    from: '    await client.query(`revoke update, delete, truncate on ${table} from ${role}`)\n',
    to: '    void table\n',
    test: 'test/audit.test.ts',
  },
]
