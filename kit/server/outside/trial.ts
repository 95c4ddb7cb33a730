import { declaredProblems, fill } from '../../problem.ts'
import { isProblem } from '../door/command.ts'
import type { Tx } from '../door/context.ts'
import { json, type Db } from '../data/db.ts'
import { AdapterProblem, adapters, withGiven, type Adapter, type Trial } from './adapter.ts'
import { troubleWith } from './reach.ts'
import { givenTo, isLocked, merged, readTyped, secretId, settingOf } from './values.ts'

/** How a try went: by the sentence `said`, which is that of the adapter or of a problem. */
export interface Tried {
  readonly isWorking: boolean
  readonly said: string
  readonly facts: Readonly<Record<string, string | number>>
}

/** Tries what is set up now, for real; what goes wrong is the answer. @throws `kit.adapter.notSetUp` */
export async function tryOut(db: Db, of: Adapter, trial: Omit<Trial, 'isTyped'>): Promise<Tried> {
  const { complete, isTyped } = merged(of, (await readTyped(db, [of.name])).get(of.name)!)
  if (!complete) throw AdapterProblem.notSetUp()
  const secrets = Object.entries(complete).flatMap(([name, value]) => (of.fields[name]?.kind === 'secret' ? [String(value)] : []))
  try {
    return { isWorking: true, said: `adapter.${of.name}.worked`, facts: await of.test(complete, { ...trial, isTyped }) }
  } catch (error) {
    const found = isProblem(error) ? error : troubleWith(of.name, error)
    if (!isProblem(found)) throw found
    return { isWorking: false, said: `problem.${found.code}`, facts: without(secrets, found.params) }
  }
}

/** The other side may repeat what it was sent. */
const without = (secrets: readonly string[], facts: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(
    Object.entries(facts).map(([name, value]) => [
      name,
      typeof value === 'number'
        ? value
        : secrets.filter(Boolean).reduce((text, one) => text.replaceAll(one, '•••'), String(value)),
    ]),
  )

/** Keeps how it went, for the page. */
export async function noteTried(tx: Tx, of: Adapter, { isWorking, said, facts }: Tried): Promise<void> {
  const row = { isWorking, said, facts: json(facts), testedAt: tx.now, testedBy: tx.actor.id }
  await tx.db
    .insertInto('outsideTest')
    .values({ adapter: of.name, ...row })
    .onConflict((conflict) => conflict.column('adapter').doUpdateSet(row))
    .execute()
}

/** English, where the words of a problem stand in the code alone. */
const sentenceOf = (said: string, facts: Tried['facts']): string =>
  fill(declaredProblems.get(said.slice('problem.'.length))?.say ?? '', facts)

/** What the pages show of each connection; of a secret no more than that it is set, since when, and by whom. */
export async function describe(db: Db, wanted: readonly Adapter[] = adapters()) {
  const [typed, secrets, tests] = await Promise.all([
    readTyped(
      db,
      wanted.map((one) => one.name),
    ),
    db.selectFrom('outsideSecret').select(['id', 'setAt', 'setBy']).execute(),
    db.selectFrom('outsideTest').selectAll().execute(),
  ])
  return wanted.map((of) => {
    const own = typed.get(of.name)!
    const { values, complete } = merged(of, own)
    const test = tests.find((one) => one.adapter === of.name)
    const state = complete ? (test ? (test.isWorking ? 'working' : 'failing') : 'untried') : 'unset'
    return {
      name: of.name,
      group: of.group,
      setting: settingOf(of),
      carriesKeys: of.carriesKeys === true,
      asksTo: of.asksTo ?? null,
      state: state as 'working' | 'failing' | 'untried' | 'unset',
      isTyped: Object.keys(own).length > 0,
      fields: fieldsOf(of, withGiven(of, values), values, secrets),
      test: test
        ? {
            isWorking: test.isWorking,
            said: test.said,
            facts: test.facts as Tried['facts'],
            message: sentenceOf(test.said, test.facts as Tried['facts']),
            at: test.testedAt,
            by: test.testedBy,
          }
        : null,
    }
  })
}

type SecretRow = { readonly id: string; readonly setAt: Temporal.Instant; readonly setBy: string | null }

function fieldsOf(
  of: Adapter,
  shown: Record<string, string | number>,
  values: Record<string, string | number>,
  secrets: readonly SecretRow[],
) {
  const given = givenTo(of)
  const visible = Object.entries(of.fields).filter(([, { isHidden }]) => !isHidden)
  return visible.map(([name, field]) => {
    const kept = secrets.find((one) => one.id === secretId(of, name))
    const isSecret = field.kind === 'secret'
    return {
      name,
      kind: field.kind,
      options: [...(field.options ?? [])],
      neededWhen: typeof field.isNeeded === 'object' ? field.isNeeded : field.isNeeded ? {} : null,
      isTarget: field.isTarget === true,
      when: field.when ?? {},
      least: field.least ?? null,
      most: field.most ?? null,
      value: isSecret ? null : (shown[name] ?? values[name] ?? field.given ?? null),
      isLocked: isLocked(of, name, given),
      variable: given.by[name] ?? null,
      isSet: isSecret && (name in given.by ? given.values[name] !== '' : kept !== undefined),
      setAt: isSecret && !(name in given.by) ? (kept?.setAt ?? null) : null,
      setBy: isSecret && !(name in given.by) ? (kept?.setBy ?? null) : null,
    }
  })
}
