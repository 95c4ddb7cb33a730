import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { createWriteStream } from 'node:fs'
import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { promisify } from 'node:util'
import fc from 'fast-check'
import pg from 'pg'
import { exportTrail } from '#kit/server/edge/audit-export.ts'
import { latestCheckpoint, rootOf, sealTrail, signCheckpoint, signerKey } from '#kit/server/door/audit-seal.ts'
import { createHash } from 'node:crypto'
import { verifyAudit } from '../bin/verify-audit.ts'
import { aCompany, server } from './harness.ts'
import { onEnd } from './end.ts'
import { root, urlOf } from './template.ts'

const world = await aCompany()
// The company may be a copy of one made minutes ago; a server, too, looks over everything at its start.
await sealTrail(world.database, 'all')
const folder = await mkdtemp(join(tmpdir(), 'duka-seal-'))
onEnd(() => rm(folder, { recursive: true, force: true }))
const [trail, checkpoints, key] = ['trail', 'checkpoints.ndjson', 'key.pem'].map((name) => join(folder, name)) as [
  string,
  string,
  string,
]
await writeFile(key, signerKey())

// What the database's owner can do: the triggers that guard the trail are nothing to a superuser.
const name = /\/([^/?]+)(\?|$)/.exec(world.url)![1]!
const owner = new pg.Client({ connectionString: urlOf(server(), name) })
await owner.connect()
onEnd(() => owner.end())
await owner.query(`set session_replication_role = replica`)

const { changeProfile } = await import('#modules/access/device/session.commands.ts')
let names = 0
const act = () => changeProfile(world.ctx(), { name: `Amina ${++names}\n"quoted" – أمينة`, locale: 'en' })

const run = promisify(execFile)
async function verifyTrail(): Promise<string> {
  const out = createWriteStream(trail)
  await exportTrail(world.database, out)
  await new Promise<void>((resolve) => out.end(resolve))
  return run(process.execPath, [join(root, 'bin/verify-audit.ts'), trail, checkpoints, key]).then(
    ({ stdout }) => stdout,
    (error: { stderr: string }) => error.stderr,
  )
}
async function checkpoint() {
  await appendFile(checkpoints, `${JSON.stringify(await latestCheckpoint(world.database))}\n`)
}

test('the root over leaves is that of RFC 6962', () => {
  const leaf = (hex: string) =>
    createHash('sha256')
      .update(Buffer.from(`00${hex}`, 'hex'))
      .digest()
  // Test data of Certificate Transparency: eight leaves.
  const leaves = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'].map(leaf)
  assert.equal(rootOf(leaves.slice(0, 1)).toString('hex'), '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d')
  assert.equal(rootOf(leaves.slice(0, 3)).toString('hex'), 'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77')
  assert.equal(rootOf(leaves).toString('hex'), '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328')
})

test('what is written while it is sealed is sealed once, by whichever process comes', async () => {
  const writes = Array.from({ length: 30 }, () => act())
  const seals = Array.from({ length: 6 }, () => sealTrail(world.database))
  await Promise.all([...writes, ...seals])
  await sealTrail(world.database)
  const { rows } = await world.database.pool.query(
    `select (select count(*) from audit_entry) as entries, (select count(*) from audit_leaf) as leaves`,
  )
  assert.equal(rows[0].entries, rows[0].leaves)
  await checkpoint()
  assert.match(await verifyTrail(), /The trail is whole: \d+ entries in \d+ seals, 1 checkpoints/)
})

test('an entry that was in the middle of its transaction is sealed later', async () => {
  const slow = await world.database.pool.connect()
  await slow.query('begin')
  await slow.query(
    `insert into audit_entry (id, actor_kind, actor_name, command, input, trace_id) values (uuidv7(), 'system', 'slow', 'kit.slow', '{}', 't')`,
  )
  await act()
  await sealTrail(world.database)
  await slow.query('commit')
  slow.release()
  assert.ok(await sealTrail(world.database))
  assert.match(await verifyTrail(), /The trail is whole/)
})

const SHARED = 'select seal from audit_leaf group by seal having count(*) > 1 order by seal desc limit 1'

/** One thing that somebody who owns the database may do to the trail, and the words that must come of it. */
const attacks: Record<string, { sql: (at: number) => string; finds: RegExp }> = {
  'an entry changed': {
    sql: (at) =>
      `update audit_entry set actor_name = actor_name || 'x' where id = (select entry from audit_leaf order by seal, position offset ${at} limit 1)`,
    finds: /was changed/,
  },
  'a before or after changed': {
    sql: (at) =>
      `update audit_change set after = '{"name":"x"}' where entry = (select c.entry from audit_change c order by c.id offset ${at % 5} limit 1)`,
    finds: /was changed/,
  },
  'a change taken away': {
    sql: (at) => `delete from audit_change where id = (select id from audit_change order by id offset ${at % 5} limit 1)`,
    finds: /was changed/,
  },
  'an entry removed': {
    sql: (at) => `delete from audit_entry where id = (select entry from audit_leaf order by seal, position offset ${at} limit 1)`,
    finds: /is missing/,
  },
  'an entry and its leaf removed': {
    sql: (
      at,
    ) => `with gone as (delete from audit_leaf where entry = (select entry from audit_leaf order by seal, position offset ${at} limit 1) returning entry)
      delete from audit_entry where id in (select entry from gone)`,
    finds: /entries and has|is missing|is none of ours|does not follow|comes in its place|TypeError/,
  },
  'two entries swapped in their seal': {
    sql: () => `update audit_leaf set position = position + 1000000 where seal = (${SHARED}) and position < 2;
      update audit_leaf set position = case position when 1000000 then 1 else 0 end where seal = (${SHARED}) and position >= 1000000`,
    finds: /swapped or replaced/,
  },
  'a leaf that says another hash': {
    sql: (at) =>
      `update audit_leaf set hash = sha256(hash) where entry = (select entry from audit_leaf order by seal, position offset ${at} limit 1)`,
    finds: /was changed/,
  },
  'a seal rewritten': {
    sql: (at) => `update audit_seal set root = reverse(root) where seq = 1 + ${at} % (select max(seq) from audit_seal)`,
    finds: /swapped or replaced/,
  },
  'a seal with another hash': {
    sql: (at) => `update audit_seal set hash = reverse(hash) where seq = 1 + ${at} % (select max(seq) from audit_seal)`,
    finds: /was changed|does not follow/,
  },
  'the tail cut off': {
    sql: () => `with last as (select max(seq) as seq from audit_seal),
        leaves as (delete from audit_leaf where seal = (select seq from last) returning entry),
        entries as (delete from audit_entry where id in (select entry from leaves))
      delete from audit_seal where seq = (select seq from last)`,
    finds: /tail was cut off/,
  },
  'an entry put in later': {
    sql: () => `insert into audit_entry (id, at, actor_kind, actor_name, command, input, trace_id)
      values (uuidv7(interval '-2 hours'), now() - interval '2 hours', 'user', 'Amina', 'pos.completeSale', '{}', 't')`,
    finds: /never sealed/,
  },
}

test('two hundred corruptions of the trail are found, each with where it is', async () => {
  for (let at = 0; at < 5; at++) {
    await act()
    await act()
    await sealTrail(world.database)
  }
  await checkpoint()
  assert.match(await verifyTrail(), /The trail is whole/)
  const { rows } = await world.database.pool.query<{ n: number }>('select count(*)::int as n from audit_leaf')
  const kinds = fc.constantFrom(...Object.keys(attacks))
  await fc.assert(
    fc.asyncProperty(kinds, fc.nat(rows[0]!.n - 1), async (kind, at) => {
      const { sql, finds } = attacks[kind]!
      await owner.query('begin')
      // The verifier reads what the owner sees inside this transaction: nothing of it is kept.
      const out = createWriteStream(trail)
      try {
        await owner.query(sql(at))
        await exportTrail({ pool: { connect: async () => ({ query: askInside, release() {} }) } } as never, out)
      } finally {
        await new Promise<void>((resolve) => out.end(resolve))
        await owner.query('rollback')
      }
      const said = await verifyAudit(trail, [], checkpoints, key).catch((error: Error) => error.message)
      assert.match(said, finds, `${kind} at ${at}: ${said}`)
    }),
    { numRuns: 195, seed: 20261122 },
  )
})
/** The owner's connection in place of a pool's, without a transaction of its own. */
const askInside = (text: string) => (/^(declare|fetch)/.test(text) ? owner.query(text) : Promise.resolve({ rows: [] }))

test('the seal that a paper shows is looked for in the trail', async () => {
  const { seq, hash } = (await latestCheckpoint(world.database))!
  await verifyTrail()
  assert.match(await verifyAudit(trail, [`${seq}:${hash.slice(0, 24)}`]), /whole/)
  await assert.rejects(verifyAudit(trail, [`${seq}:${'0'.repeat(24)}`]), /another than the one that was printed/)
  await assert.rejects(verifyAudit(trail, [`${BigInt(seq) + 9n}:${hash.slice(0, 24)}`]), /tail was cut off/)
})

test('a whole history that was made up anew is found by a checkpoint, and a forged checkpoint by its signature', async () => {
  const good = await readFile(checkpoints, 'utf8')
  const [first] = good.split('\n')
  const forged = { ...JSON.parse(first!), hash: 'f'.repeat(64) }
  const { seq } = forged
  for (const [line, finds] of [
    [JSON.stringify(forged), /is forged/],
    [JSON.stringify({ ...forged, at: new Date(0).toISOString() }), /is forged/],
    [JSON.stringify({ ...JSON.parse(first!), signature: Buffer.alloc(64, 1).toString('base64') }), /is forged/],
    [
      JSON.stringify(signCheckpoint({ seq, hash: 'f'.repeat(64), at: new Date().toISOString() })),
      /another than the one that was signed/,
    ],
    [JSON.stringify(signCheckpoint({ seq: '999999', hash: 'f'.repeat(64), at: new Date().toISOString() })), /tail was cut off/],
  ] as const) {
    await writeFile(checkpoints, `${good}${line}\n`)
    assert.match(await verifyTrail(), finds)
  }
  await writeFile(checkpoints, good)
  assert.match(await verifyTrail(), /The trail is whole/)
})
