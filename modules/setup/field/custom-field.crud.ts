import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import type { CustomField } from '#kit/custom.ts'
import { query } from '#kit/server/door/command.ts'
import type { Tx } from '#kit/server/door/context.ts'
import { inTurn } from '#kit/server/door/in-turn.ts'
import { crud, crudRoutes } from '#kit/server/list/crud.ts'
import { customFieldsFrom } from '#kit/server/list/custom.ts'
import type { Db } from '#kit/server/data/db.ts'
import { routes } from '#kit/server/edge/http.ts'
import { customField, CustomFieldProblem } from './custom-field.ts'

/** More than anybody fills in on one form. */
const MOST = 40

type Facts = Pick<CustomField, 'of' | 'label' | 'kind'> & { choices: readonly string[]; target: string | null }

const verbs = crud(customField, {
  async beforeCreate(tx, input) {
    judge(input as Facts)
    const own = await refuseMore(tx, input.of)
    await refuseTaken(tx, input.of, input.label, input.id)
    return {
      key: keyFor(input.label, new Set(own.map(({ key }) => key))),
      target: input.kind === 'reference' ? input.target : null,
    }
  },
  async beforeChange(tx, row, changes) {
    judge({ ...row, ...changes } as Facts)
    if (changes.label !== undefined) await refuseTaken(tx, row.of, changes.label, row.id)
  },
  async afterRestore(tx, row) {
    await refuseMore(tx, row.of, { isThere: true })
    await refuseTaken(tx, row.of, row.label, row.id)
  },
})

/** @returns all that there are or were, for no key is given twice */
async function refuseMore(tx: Tx, of: string, { isThere = false } = {}): Promise<{ key: string }[]> {
  await inTurn(tx, `setup.customField:${of}`)
  const all = await tx.db.selectFrom('customField').select(['key', 'archivedAt']).where('of', '=', of).execute()
  const used = all.filter((one) => one.archivedAt === null).length
  if (used + (isThere ? 0 : 1) > MOST) throw CustomFieldProblem.tooMany({ most: MOST })
  return all
}

function judge({ kind, choices, target }: Facts): void {
  if (kind === 'choice' && choices.length === 0) throw CustomFieldProblem.noChoices()
  if (kind !== 'choice' && choices.length > 0) throw CustomFieldProblem.onlyForChoice()
  if (kind === 'reference' && !target) throw CustomFieldProblem.noTarget()
}

async function refuseTaken(tx: Tx, of: string, label: string, id: string): Promise<void> {
  const other = await tx.db
    .selectFrom('customField')
    .select('id')
    .where('of', '=', of)
    .where('archivedAt', 'is', null)
    .where((eb) => eb(eb.fn('lower', ['label']), '=', label.toLowerCase()))
    .where('id', '<>', id)
    .executeTakeFirst()
  if (other) throw CustomFieldProblem.taken({ label })
}

/** By which files and programs know it: the letters and digits of its name, or a word of its own where it has none of these. */
function keyFor(label: string, taken: ReadonlySet<string>): string {
  const plain = label
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')
    .replace(/^\d+/, '')
    .slice(0, 32)
  const fresh = () => `field${randomBytes(4).toString('hex')}`
  return plain === '' || taken.has(plain) ? fresh() : plain
}

const facts = ['of', 'key', 'label', 'kind', 'choices', 'target', 'isRequired', 'isListed'] as const
const fieldsOf = (db: Db) =>
  db.selectFrom('customField').select(facts).where('archivedAt', 'is', null).orderBy('position').orderBy('label').limit(1000)

/** The company's own fields, for whoever reads or writes records that have them. */
export const ownFields = customFieldsFrom(async (db, of) => (await fieldsOf(db).where('of', '=', of).execute()) as CustomField[])

/** All of them, for the pages of everybody: names of fields tell nothing of what is in them. */
export const knownFields = query({
  name: 'setup.knownFields',
  can: 'signedIn',
  input: z.object({}),
  run: async ({ db }) => ({ rows: (await fieldsOf(db).execute()) as CustomField[] }),
})

export const customFieldRoutes = routes({ ...crudRoutes(customField, verbs), 'GET /known-fields': knownFields })
