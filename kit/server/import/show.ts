import { z } from 'zod'
import { may } from '../../access.ts'
import { CommonProblem, declaredProblems, fill } from '../../problem.ts'
import { reasonText, SURPLUS } from '../../import.ts'
import { query } from '../door/command.ts'
import { Download } from '../list/export.ts'
import { writeCsv } from '../table/write.ts'
import { wordsFor } from '../host/words.ts'
import { offeredFor } from './extra.ts'
import { importableOf, type Cells } from './importable.ts'
import { REFUSALS_KEPT } from './kept.ts'
import { ImportProblem, mayOpen, seesAllOf, stepInput, WORKING } from './run.ts'

const STUCK_SECONDS = 60

/** The sentence of a refusal in English; pages that know another language translate its code. */
function said<One extends { problem: string; params: unknown }>(one: One): One {
  const params = (one.params ?? {}) as Record<string, unknown>
  const say = declaredProblems.get(one.problem)?.say
  return 'said' in params || !say ? one : { ...one, params: { ...params, said: fill(say, params) } }
}

export const showImport = query({
  name: 'kit.showImport',
  can: 'signedIn',
  input: stepInput.extend({ after: z.coerce.number().int().min(0).default(0) }),
  async run({ db, actor, now }, { id, after }) {
    const run = await db.selectFrom('importRun').selectAll().where('id', '=', id).executeTakeFirst()
    const target = run && importableOf(run.kind)
    if (!run || !target || !mayOpen(actor, run)) throw CommonProblem.notFound()
    // Before what was refused: who hears that nothing waits any more has all reasons.
    const { waiting } = await db
      .selectFrom('importLater')
      .select((eb) => eb.fn.countAll<bigint>().as('waiting'))
      .where('run', '=', id)
      .executeTakeFirstOrThrow()
    const refusals = await db
      .selectFrom('importRefusal')
      .select(['id', 'rowNumber', 'field', 'problem', 'params', 'cells', 'isWarning'])
      .where('run', '=', id)
      .where('id', '>', BigInt(after) as never)
      .orderBy('id')
      .limit(200)
      .execute()
    // Nothing has moved for a while: it can be set going again, or taken back, by hand.
    const isStuck = WORKING.includes(run.state) && now.since(run.movedAt).total('seconds') > STUCK_SECONDS
    const extras = await offeredFor({ db, actor }, run.kind, run.header)
    const { fields, oneOf = [] } = target
    return { run, isStuck, fields, oneOf, extras, waiting: Number(waiting), refusals: refusals.map(said) }
  },
})

export const listImports = query({
  name: 'kit.listImports',
  can: 'signedIn',
  input: z.object({ kind: z.string().max(60) }),
  async run({ db, actor }, { kind }) {
    const target = importableOf(kind)
    if (!target || !may(actor, target.can)) throw ImportProblem.unknownKind()
    return {
      fields: target.fields,
      rows: await db
        .selectFrom('importRun')
        .select(['id', 'name', 'state', 'rowsTotal', 'rowsNew', 'rowsChanged', 'rowsRefused', 'createdAt'])
        .where('kind', '=', kind)
        .where((eb) => (seesAllOf(actor, kind) ? eb.val(true) : eb('createdBy', '=', actor.id!)))
        .orderBy('createdAt', 'desc')
        .limit(20)
        .execute(),
    }
  },
})

/** The refused rows under the headings of the file that they came from, with the reason beside them. */
export const downloadRefusals = query({
  name: 'kit.downloadRefusals',
  can: 'signedIn',
  input: stepInput,
  async run({ db, actor }, { id }) {
    const run = await db
      .selectFrom('importRun')
      .select(['kind', 'mapping', 'header', 'name', 'createdBy'])
      .where('id', '=', id)
      .executeTakeFirst()
    const target = run && importableOf(run.kind)
    if (!run || !target || !mayOpen(actor, run)) throw CommonProblem.notFound()
    // In the order of the file, whatever the database makes of it.
    const mapping = Object.entries(run.mapping as Record<string, string>).toSorted(
      ([, one], [, other]) => run.header.indexOf(one) - run.header.indexOf(other),
    )
    const refusals = await db
      .selectFrom('importRefusal')
      .select(['rowNumber', 'field', 'problem', 'params', 'cells'])
      .where('run', '=', id)
      .where('isWarning', '=', false)
      .orderBy('rowNumber')
      .limit(REFUSALS_KEPT)
      .execute()
    const t = wordsFor(actor.locale)
    const columnOf = (field: string) => (run.mapping as Record<string, string>)[field] ?? t.of('field', `${run.kind}.${field}`)
    const reason = ({ field, ...one }: (typeof refusals)[number]) =>
      [field && columnOf(field), reasonText(t, said(one))].filter(Boolean).join(': ')
    const rows = [...Map.groupBy(refusals, (one) => one.rowNumber).values()].map((own) => [
      ...mapping.map(([field]) => (own[0]!.cells as Cells)[field] ?? ''),
      own.map(reason).join(' '),
      (own[0]!.cells as Cells)[SURPLUS] ?? '',
    ])
    const hasSurplus = rows.some((row) => row.at(-1) !== '')
    // Without a heading of its own, as it came: the row is refused again until somebody mends it.
    const headings = [...mapping.map(([, column]) => column), t('import.reason'), ...(hasSurplus ? [''] : [])]
    const columns = headings.map((name) => ({ name, type: 'text' as const }))
    return new Download(
      writeCsv(
        columns,
        (async function* () {
          yield* rows
        })(),
      ),
      `rejected-${run.name.replace(/\.\w+$/, '')}.csv`,
      'text/csv; charset=utf-8',
    )
  },
})
