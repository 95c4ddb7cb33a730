import { hash } from 'node:crypto'
import { z } from 'zod'
import { may, reachOf } from '../../access.ts'
import { declaredDocuments } from '../../document.ts'
import { declaredEntities, type Entity } from '../../entity.ts'
import { PROGRAM } from '../../machine.ts'
import { MOST_PICKED, sharedFields, type HowTaken, type NotDone } from '../../picked.ts'
import { CommonProblem, Problem } from '../../problem.ts'
import { noteRefusal } from '../door/activity.ts'
import { query, type Endpoint } from '../door/command.ts'
import { authorise, readInput, stillMay, type Ctx } from '../door/context.ts'
import { owned } from './custom.ts'

type Routes = Readonly<Record<string, Endpoint<never, unknown>>>
type Single = ((ctx: Ctx, input: unknown) => Promise<unknown>) & Endpoint<unknown, unknown>

/** What can be done to one record of an entity, and therefore to many: by the verb, the command of the single act. */
interface Acts {
  readonly verbs: ReadonlyMap<string, Single>
  /** All steps of its life that people take, and what each of them asks for. */
  readonly steps: ReadonlyMap<string, { readonly can: string; readonly how: HowTaken }>
  readonly change?: Single
}

const ANY = '00000000-0000-7000-8000-000000000000'
// Such a refusal is of whoever asks and not of one record: it is the answer to all of it.
const OF_ALL = new Set(['kit.proveAgain', 'kit.viewOnly', 'kit.signedOut', 'kit.locked', 'kit.proveDevice', 'kit.busy'])

/**
 * For each entity the same acts for many records as for one: archive and restore, the steps of its life that need nothing but the
 * record, and one field set to one value. Each record is a transaction of the very same command, with a key derived from that of
 * the request: sent again, nothing is done twice. What posts goods or money is reviewed, and so it is done one by one.
 */
export function actRoutes(groups: readonly Routes[]): Routes {
  const routes: Routes = Object.assign({}, ...groups)
  return Object.fromEntries([...declaredEntities.values()].flatMap((of) => routesOf(of, actsOf(of, routes))))
}

function actsOf(of: Entity, routes: Routes): Acts {
  const at = (route: string) => routes[route] as Single | undefined
  const steps = Object.entries(of.life?.steps ?? {})
    .filter(([, step]) => step.can !== PROGRAM)
    .map(([verb, { can }]) => [verb, at(`POST ${of.path}/:id/${verb}`), can] as const)
  const found: readonly (readonly [string, Single | undefined, string?])[] = [
    ['archive', at(`POST ${of.path}/:id/archival`)],
    ['restore', at(`DELETE ${of.path}/:id/archival`)],
    ...steps,
  ]
  const verbs = found.flatMap(([verb, act]) => (act && needsNothing(act) ? [[verb, act] as const] : []))
  const change = declaredDocuments.has(of.table) ? undefined : at(`PATCH ${of.path}/:id`)
  const taken = steps.map(([verb, act, can]) => [verb, { can, how: howTaken(act) }] as const)
  return { verbs: new Map(verbs), steps: new Map(taken), ...(change && sharedFields(of, () => true).length > 0 && { change }) }
}

const needsNothing = ({ spec }: Single): boolean => !spec.reviewed && spec.input.safeParse({ id: ANY }).success

/** What the step of one record asks for, by what its command takes. */
function howTaken(act: Single | undefined): HowTaken {
  const read = act?.spec.input.safeParse({ id: ANY, reason: 'As it was agreed' })
  if (!act || !read?.success) return null
  return { reason: (read.data as { reason?: string }).reason !== undefined, review: act.spec.reviewed === true }
}

function routesOf(of: Entity, acts: Acts): [string, Endpoint<never, unknown>][] {
  const hasActs = acts.verbs.size > 0 || acts.change !== undefined
  return [
    ...(hasActs || acts.steps.size > 0 ? [[`GET ${of.path}/acts`, listActs(of, acts)] as const] : []),
    ...(hasActs ? [[`POST ${of.path}/acts`, takeActs(of, acts)] as const] : []),
  ].map(([route, act]) => [route, act as Endpoint<never, unknown>])
}

/** What this person may do to several records of the list, and how each step of one is taken. */
const listActs = (of: Entity, { verbs, change, steps }: Acts) =>
  query({
    name: `${of.name}.listActs`,
    can: of.can.read,
    input: z.object({}),
    async run({ actor, db }) {
      const holds = (permission: string) => reachOf(actor, permission) !== undefined
      const fields = change && holds(change.spec.can) ? sharedFields(await owned(db, of), holds).map(([name]) => name) : []
      return {
        verbs: [...verbs].flatMap(([verb, { spec }]) => (may(actor, spec.can) ? [verb] : [])),
        fields,
        steps: Object.fromEntries([...steps].flatMap(([verb, { can, how }]) => (may(actor, can) ? [[verb, how]] : []))),
      }
    },
  })

const inputOf = ({ verbs, change }: Acts) =>
  z
    .strictObject({
      ids: z
        .array(z.uuid())
        .min(1)
        .max(MOST_PICKED)
        .refine((ids) => new Set(ids).size === ids.length, { error: 'twice' }),
      ...(verbs.size > 0 && { verb: z.enum([...verbs.keys()] as [string, ...string[]]).optional() }),
      ...(change && { changes: z.record(z.string().max(80), z.unknown()).optional() }),
    })
    .refine((input) => ('verb' in input && input.verb !== undefined) !== ('changes' in input && input.changes !== undefined), {
      error: 'required',
    })

function takeActs(of: Entity, acts: Acts): Endpoint<unknown, unknown> {
  const input = inputOf(acts)
  const execute = async (ctx: Ctx, raw: unknown) => {
    authorise(ctx.actor, of.can.read)
    if (ctx.isReview) throw CommonProblem.badRequest()
    const { ids, verb, changes } = readInput(input, raw) as { ids: string[]; verb?: string; changes?: Record<string, unknown> }
    const act = verb === undefined ? acts.change! : acts.verbs.get(verb)!
    authorise(ctx.actor, act.spec.can)
    if (changes) await refuseOwn(ctx, of, changes)
    const refused: NotDone[] = []
    // One after the other, each in a transaction of its own: a refusal of one leaves the others done, and who is shut out meanwhile
    // does no more.
    for (const id of ids) {
      const asked = changes ? { id, changes } : { id }
      const one = await act({ ...(await stillMay(ctx)), ...keyFor(ctx, id) }, asked).catch(problemOf)
      if (!(one instanceof Problem)) continue
      // It is thrown to nobody, and noted like the refusal of one record.
      noteRefusal(ctx, act.spec, one, asked)
      refused.push(told(id, one))
    }
    return { done: ids.length - refused.length, refused }
  }
  return Object.assign(execute, { kind: 'command' as const, spec: { name: `${of.name}.acts`, can: of.can.read, input } })
}

const keyFor = ({ key }: Ctx, id: string) => (key === undefined ? {} : { key: hash('sha256', `${key}:${id}`, 'base64url') })

/** A name or a code is one record's own: nobody gives it to many. */
async function refuseOwn(ctx: Ctx, of: Entity, changes: Record<string, unknown>): Promise<void> {
  const shared = new Set(sharedFields(await owned(ctx.database.db, of), () => true).map(([name]) => name))
  const names = Object.keys(changes)
  const [field = ''] = names.filter((name) => !shared.has(name))
  if (names.length !== 1 || field) throw CommonProblem.unknownField({ field })
}

function problemOf(error: unknown): Problem {
  if (error instanceof Problem && !OF_ALL.has(error.code)) return error
  throw error
}

const told = (id: string, { code, status, message, params, details }: Problem): NotDone => ({
  id,
  code,
  status,
  message,
  params: params as NotDone['params'],
  ...(details !== undefined && { details }),
})
