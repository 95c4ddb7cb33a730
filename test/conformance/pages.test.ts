import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId } from '#kit/id.ts'
import { PROGRAM } from '#kit/machine.ts'
import { importableOf } from '#kit/server/import/importable.ts'
import { anOpenTill, aProduct } from '#modules/pos/sale/sale.factory.ts'
import { nameOf, textOf, type SyntaxNode } from '../../bin/checks/source.ts'
import { aCompany } from '../harness.ts'
import { aServer } from '../server.ts'
import { attribute, readEntityPages, shows, type EntityPages, type Part } from './site.ts'

/**
 * Every button of every entity's pages leads somewhere: what the site map promises is called for real, in a company where
 * something has happened. An address that nothing answers is told by its own code, `kit.noRoute`.
 */
const world = await aCompany()
const server = await aServer(world.url)
const owner = server.client(world.cookie)
const pot = await aProduct(world, 'Clay pot', 99_900n, 5, 40_000n)
await anOpenTill(world)
const methods = (await owner.call('GET /payments/methods')).body.rows as { id: string; kind: string }[]
await owner.call('POST /pos/sales', {
  id: newId(),
  till: world.till,
  lines: [{ variant: pot.variant, quantity: '1000000', listPrice: pot.price }],
  total: pot.price,
  tenders: [{ method: methods.find((one) => one.kind === 'cash')!.id, given: pot.price }],
})
const all = await readEntityPages()

const none = (found: readonly string[]) => assert.deepEqual(found, [])
const isByHand = (part: Part) => typeof part === 'object'

/** What does not answer as it should, of some calls. */
async function wrongOf(route: string, isRight: (status: number, code: string) => boolean): Promise<string[]> {
  const { status, body } = await owner.call(route)
  const code = (body as { code?: string } | null)?.code ?? 'done'
  return isRight(status, code) ? [] : [`${route}: ${status} ${code}`]
}
const isDone = (status: number) => status === 200
const isThere = (status: number, code: string) => status < 500 && code !== 'kit.noRoute'

test('the site map is read whole', () => {
  assert.ok(all.length >= 25)
  assert.ok(all.every(({ entity }) => entity.path.startsWith('/')))
  assert.ok(all.some(({ create }) => create === 'none') && all.some(({ detail }) => isByHand(detail)))
})

test('an address that nothing answers is told from a record that is not there', async () => {
  none(await wrongOf(`GET /nowhere/${newId()}`, (status, code) => status === 404 && code === 'kit.noRoute'))
  none(await wrongOf(`GET /catalog/units/${newId()}`, (status, code) => status === 404 && code === 'kit.notFound'))
})

test('list, record, history and files of every entity with pages', async () => {
  const wrong: string[] = []
  for (const { entity, list, detail } of all) {
    const at = entity.path
    const rows = ((await owner.call(`GET ${at}`)).body as { rows?: { id: string }[] }).rows
    if (list !== 'none') wrong.push(...(await wrongOf(`GET ${at}`, isDone)))
    const id = rows?.[0]?.id ?? newId()
    const expected = rows?.[0] ? isDone : (status: number, code: string) => status === 404 && code === 'kit.notFound'
    if (detail !== 'none') {
      wrong.push(...(await wrongOf(`GET ${at}/${id}`, expected)))
      const hasHistory = !isByHand(detail) || (shows(detail, 'DetailPage') && !attribute(detail, 'DetailPage', 'withoutHistory'))
      if (hasHistory) wrong.push(...(await wrongOf(`GET ${at}/${id}/history`, expected)))
    }
    const hasMenu = !isByHand(list) || shows(list, 'ListPage')
    if (entity.can.export && hasMenu)
      for (const format of ['csv', 'xlsx']) wrong.push(...(await wrongOf(`GET ${at}/export?format=${format}`, isDone)))
  }
  none(wrong)
})

test('new, edit, archive of every entity whose pages offer it', async () => {
  const wrong: string[] = []
  for (const { entity, create, form, detail } of all) {
    if (!entity.can.write) continue
    const one = `${entity.path}/${newId()}`
    const isMissing = (status: number, code: string) => status === 404 && code === 'kit.notFound'
    if (create !== 'none') wrong.push(...(await wrongOf(`POST ${entity.path}`, isThere)))
    if (form !== 'none') wrong.push(...(await wrongOf(`PATCH ${one}`, isMissing)))
    const offers = !isByHand(detail) || (shows(detail, 'DetailPage') && !attribute(detail, 'DetailPage', 'withoutEdit'))
    if (!entity.archive || !offers || detail === 'none') continue
    wrong.push(...(await wrongOf(`POST ${one}/archival`, isMissing)), ...(await wrongOf(`DELETE ${one}/archival`, isMissing)))
  }
  none(wrong)
})

test('every step that a page shows as a button has its route', async () => {
  const wrong: string[] = []
  for (const pages of all)
    for (const path of buttonsOf(pages)) wrong.push(...(await wrongOf(`POST ${pages.entity.path}/${newId()}/${path}`, isThere)))
  none(wrong)
})

/** The last parts of the addresses that the buttons of a record's page send to. */
function buttonsOf({ entity, detail }: EntityPages): string[] {
  const steps = Object.entries(entity.life?.steps ?? {}).filter(([, step]) => step.can !== PROGRAM)
  if (detail === 'none' || (isByHand(detail) && !shows(detail, 'DetailPage') && !shows(detail, 'Verbs'))) return []
  const said = (element: string, name: string) => (isByHand(detail) ? attribute(detail, element, name) : undefined)
  const left = new Set(
    [said('DetailPage', 'withoutVerbs'), said('Verbs', 'without')].flatMap((list) =>
      typeof list === 'object' && list.type === 'ArrayExpression' ? (list['elements'] as SyntaxNode[]).map(textOf) : [],
    ),
  )
  const own = new Map(
    [said('DetailPage', 'verbs'), said('Verbs', 'verbs')].flatMap((object) =>
      typeof object === 'object'
        ? ((object['properties'] ?? []) as SyntaxNode[]).map((one) => [nameOf(one['key']), one] as const)
        : [],
    ),
  )
  return steps.flatMap(([verb]) => {
    const facts = ((own.get(verb)?.['value'] as SyntaxNode | undefined)?.['properties'] ?? []) as SyntaxNode[]
    const fact = (name: string) => facts.find((one) => nameOf(one['key']) === name)
    return left.has(verb) || fact('run') ? [] : [textOf(fact('path')?.['value']) ?? verb]
  })
}

test('whatever may be imported can be: its kind is declared, and its page finds it', async () => {
  const wrong: string[] = []
  for (const { entity } of all.filter((one) => one.entity.can.import)) {
    if (!importableOf(entity.name)) wrong.push(`${entity.name} is not importable`)
    wrong.push(...(await wrongOf(`GET /imports?kind=${entity.name}`, isDone)))
  }
  none(wrong)
})
