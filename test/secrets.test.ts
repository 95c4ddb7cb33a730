import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { createHash } from 'node:crypto'
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import sharp from 'sharp'
import { z } from 'zod'
import { newId } from '#kit/id.ts'
import { declaredDocuments } from '#kit/document.ts'
import { declaredEntities } from '#kit/entity.ts'
import { elementOf, fieldsIn, inside, membersOf } from '#kit/mark.ts'
import { flushActivity } from '#kit/server/door/activity.ts'
import { declaredEndpoints } from '#kit/server/door/command.ts'
import { guest, type Upload } from '#kit/server/door/context.ts'
import { setLogLevel } from '#kit/server/host/log.ts'
import { flushLog, useLogServer } from '#kit/server/host/log-ship.ts'
import { onEnd } from './end.ts'
import { aCompany } from './harness.ts'
import { root } from './template.ts'

/** What lets somebody act as somebody else is marked at its field, and stands nowhere that it could be read again. */
const endpoints = [...declaredEndpoints.values()]
const nameOf = (path: string) => path.replaceAll('[]', '').split('.').at(-1) ?? ''
const secretsOf = (schema: z.ZodType) => [...fieldsIn(schema)].filter((one) => one.inside.mark === 'secret')

/** Members with a name like a secret's that are none, and why. */
const NO_SECRETS: Readonly<Record<string, string>> = {
  code: 'what people call a thing: a tax, a unit, a place, an account, a location, a barcode',
  key: 'the name of a role, and the public half of a device’s key',
  codeBy: 'how codes travel',
  passwordLeast: 'how long a password must be',
  emailCode: 'whether codes are asked for',
  lotCode: 'what is printed on a carton: a lot',
}
const entityCodes = new Set(
  [...declaredEntities.values()]
    .filter((one) => 'code' in one.fields || 'code' in (declaredDocuments.get(one.table)?.lines.fields ?? {}))
    .map((one) => one.name),
)
const codesOfThings = [
  'catalog.attachBarcode',
  'catalog.detachBarcode',
  'catalog.createProduct',
  'catalog.addVariant',
  'catalog.changeProduct',
]

test('[A7] what is named like a secret is marked as one, at its field', () => {
  const open: string[] = []
  for (const { spec } of endpoints)
    for (const { path, inside: found } of fieldsIn(spec.input)) {
      const name = nameOf(path)
      if (!/pass(word|phrase)|^pin$|code$|token|secret|badge|captcha|signature|verifier|^key$|^current$/i.test(name)) continue
      if (found.mark === 'secret' || found.schemas.some((one) => Object.keys(membersOf(one)).length > 0)) continue
      const isThing = name === 'code' && (entityCodes.has(spec.name.replace(/\.[^.]+$/, '')) || codesOfThings.includes(spec.name))
      if (isThing || (name !== 'code' && NO_SECRETS[name])) continue
      open.push(`${spec.name} ${path}`)
    }
  assert.deepEqual(open, [])
})

const digits = () => String(Math.floor(1e15 + Math.random() * 8e15))
/** Values of every form that a secret of ours has; each is new, so that it is told from all others. */
const plants = (): unknown[] => {
  const long = digits().repeat(6)
  return [
    `Tz-${long.slice(0, 40)}`,
    long.slice(0, 8),
    long.slice(0, 6),
    `DUKA-${[...long.slice(0, 26)].map((one) => 'ABCDEFGHJK'[Number(one)]).join('')}`,
    Buffer.from(long.slice(0, 64)).toString('base64'),
    `?code=${long}`,
    { plant: `Tz-${long}` },
  ]
}
const PLAIN: readonly unknown[] = [
  '0195d3c2-7a10-7000-8000-000000000001',
  'plain@example.com',
  'Plain',
  1,
  true,
  [],
  '2026-01-01',
  'en',
  {},
  null,
  '1',
  'https://example.com/',
  '+254712345678',
  'http://127.0.0.1:8000/connected',
  'x'.repeat(43),
]

/** What a command that takes a file is given: a picture, which each of them may keep or refuse. */
async function aPicture(): Promise<Upload> {
  const bytes = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#888' } })
    .png()
    .toBuffer()
  const path = join(await mkdtemp(join(tmpdir(), 'duka-plant-')), 'file')
  await writeFile(path, bytes)
  const hash = createHash('sha256').update(bytes).digest('base64')
  return { path, name: 'picture.png', type: 'image/png', size: bytes.length, hash }
}

/** An input that the schema takes, with planted values in its secret fields. */
function sample(schema: z.ZodType, planted: string[]): unknown {
  const { schemas, mark } = inside([schema])
  if (mark === 'secret') {
    const fits = plants().find((one) => schema.safeParse(one).success)
    assert.ok(fits !== undefined, 'a secret of a form that this test does not know')
    planted.push(typeof fits === 'string' ? fits : (fits as { plant: string }).plant)
    return fits
  }
  for (const one of schemas) {
    const members = Object.entries(membersOf(one))
    if (members.length === 0) continue
    const before = planted.length
    const made = Object.fromEntries(members.map(([name, member]) => [name, sample(member, planted)]))
    if (schema.safeParse(made).success || planted.length > before) return made
  }
  const element = schemas.flatMap((one) => elementOf(one, 0))[0]
  if (element && element !== schemas[0]) return [sample(element, planted)]
  const values = (schemas as unknown as { options?: unknown[]; values?: Set<unknown> }[]).flatMap((one) => [
    ...(one.options ?? []),
    ...(one.values ?? []),
  ])
  return [...values, ...PLAIN].find((one) => schema.safeParse(one).success)
}

test('[A7] a secret that was sent stands in no entry, activity, log, kept answer or other text of the database', async () => {
  const lines: string[] = []
  const server = createServer((request, response) => {
    request.setEncoding('utf8').on('data', (part: string) => lines.push(part))
    request.on('end', () => response.end())
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onEnd(() => server.close())
  useLogServer(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  setLogLevel('error')
  const world = await aCompany()
  const planted = new Map<string, string>()
  const reached = new Set<string>()
  for (const { spec, ...rest } of endpoints.map((one) => ({ spec: one.spec, run: one }))) {
    if (spec.internal) continue
    const choices = inside([spec.input]).schemas
    for (const choice of choices.filter((one) => secretsOf(one).length > 0))
      for (const more of [{}, { actor: guest }]) {
        const found: string[] = []
        const input = sample(choice, found)
        for (const one of found) planted.set(one, spec.name)
        if (spec.input.safeParse(input).success) reached.add(spec.name)
        await (rest.run as unknown as (ctx: unknown, input: unknown) => Promise<unknown>)(
          world.ctx({ ...more, key: newId(), address: '10.1.1.1', ...(spec.takesFile && { upload: await aPicture() }) } as never),
          input,
        ).catch(() => undefined)
      }
  }
  assert.ok(planted.size >= 30, `${planted.size} planted`)
  const never = endpoints.filter(({ spec }) => !spec.internal && secretsOf(spec.input).length > 0 && !reached.has(spec.name))
  assert.deepEqual(
    never.map(({ spec }) => spec.name),
    [],
    'every command is run with an input that it takes',
  )
  await flushActivity(world.database)
  await flushLog()
  const told: string[] = []
  // Six digits stand by chance in many a time: such a one counts where it stands as a text of its own.
  const looks = ([value]: [string, string]) => (value.length > 12 ? value : `"${value}"`)
  const { rows: tables } = await world.database.pool.query<{ name: string }>(
    `select relname as name from pg_class where relnamespace in ('public'::regnamespace, 'graphile_worker'::regnamespace) and relkind = 'r'
     and relname not like '\\_private%'`,
  )
  const wanted = [...planted].map((one) => `%${looks(one).replace(/[\\%_]/g, '\\$&')}%`)
  for (const { name } of tables) {
    const { rows } = await world.database.pool
      .query<{ row: string }>(`select t::text as row from ${name} t where t::text like any($1) limit 3`, [wanted])
      .catch(() => ({ rows: [] as { row: string }[] }))
    told.push(...rows.map(({ row }) => `${name}: ${row.slice(0, 300)}`))
  }
  const log = lines.join('')
  for (const one of planted) if (log.includes(looks(one))) told.push(`log: ${one.join(' of ')}`)
  assert.deepEqual(told, [])
})

/** What compares something that could be guessed, and what must stand beside it: the count, or a helper that counts. */
const JUDGES =
  /\b(matchesSecret|judgeBackupCode|takeTotp|fitsTotp|fitsReset|sameCode|takePasskey|timingSafeEqual)\(|[cC]odeIndex\([^)]*\)\)? [!=]==/
const COUNTS = /\b(counted|countedCode|countedProof|proven|judgePinOf)\(|count: Counted/
/** Judged without a count, and why. */
const UNCOUNTED: Readonly<Record<string, string>> = {
  provePasskey: 'a signature over a challenge that is good for one answer',
  changeOnTheWay: 'told to whoever has just typed the old password',
  isOwnPasskey: 'counted by proveAgain, which calls it',
  sameCode: 'counted by refuseStranger, which calls it',
  judgePinOf: 'counts on the person’s row, which it holds locked',
}

test('[A4] [A14] whatever could be guessed is judged where it was counted before', () => {
  const found: string[] = []
  let judged = 0
  for (const path of globSync('modules/**/*.commands.ts', { cwd: root })) {
    const text = readFileSync(join(root, path), 'utf8').replaceAll(/^import[^\n]*/gm, '')
    // Each piece that stands at the left margin: a command or a function.
    for (const piece of text.split(/\n(?=(?:export )?(?:const|async function|function) )/)) {
      const name = /(?:const|function) (\w+)/.exec(piece)?.[1] ?? ''
      if (!JUDGES.test(piece)) continue
      judged += 1
      if (!COUNTS.test(piece) && !UNCOUNTED[name]) found.push(`${path} ${name}`)
    }
  }
  assert.ok(judged >= 10, String(judged))
  assert.deepEqual(found, [])
})
