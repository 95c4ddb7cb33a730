import assert from 'node:assert/strict'
import { test } from 'node:test'
import { declaredDocuments } from '#kit/document.ts'
import { declaredEntities } from '#kit/entity.ts'
import { declaredEvents } from '#kit/event.ts'
import { declaredMessages } from '#kit/message.ts'
import { declaredProblems } from '#kit/problem.ts'
import { declaredJobs, subscribersOf } from '#kit/server/door/job.ts'
import { isTest } from '../../bin/checks/kinds.ts'
import { isNode, nameOf, textOf, walk, type SyntaxNode } from '../../bin/checks/source.ts'
import { readTree } from '../../bin/checks/tree.ts'
import '../../server.ts'
import { root } from '../template.ts'

/** Whatever is declared is used by somebody, and whatever somebody uses is declared: told from the sources. */
const sources = readTree(root).sources.filter(({ path }) => /^(?:kit|modules|web|server\.ts)/.test(path) && !isTest(path))
const none = (found: readonly string[]) => assert.deepEqual(found, [])

/** `const x = event('pos.sale.completed', …)`: the name in the program of what is declared under another. */
const declared = new Map<string, Map<string, string>>()
/** Names that stand as a value somewhere, beside their declaration and their imports. */
const used = new Set<string>()
/** First arguments of calls, by what is called: `emit(saleCompleted, …)`. */
const passed = new Map<string, Set<string>>()
const strings = new Set<string>()
/** `SaleProblem.empty` as written. */
const members = new Set<string>()
/** Areas that pages name when they read, and events that they listen to. */
const heard = new Set<string>()
const settings = { read: new Set<string>(), written: new Set<string>() }

const note = (map: Map<string, Set<string>>, key: string, value: string) => map.set(key, (map.get(key) ?? new Set()).add(value))

for (const { program } of sources) {
  const constants = new Map<string, string>()
  walk(program, (node) => {
    if (node.type === 'VariableDeclarator' && textOf(node['init']) !== undefined)
      constants.set(nameOf(node['id']), textOf(node['init'])!)
  })
  walk(program, (node, parent) => {
    const text = textOf(node)
    if (text !== undefined) strings.add(text)
    if (node.type === 'VariableDeclarator' && isNode(node['init']) && node['init'].type === 'CallExpression') {
      const call = node['init']
      const [first] = call['arguments'] as SyntaxNode[]
      const name = textOf(first) ?? textOf(nameIn(first))
      if (name !== undefined)
        declared.set(nameOf(call['callee']), (declared.get(nameOf(call['callee'])) ?? new Map()).set(name, nameOf(node['id'])))
    }
    if (node.type === 'Identifier' && !isName(node, parent)) used.add(String(node['name']))
    if (node.type === 'MemberExpression')
      members.add(`${nameOf(node['object'])}.${node['computed'] === true ? '*' : nameOf(node['property'])}`)
    if (node.type === 'Property' && nameOf(node['key']) === 'says') note(passed, 'emit', nameOf(node['value']))
    if (node.type !== 'CallExpression') return
    const called = nameOf(node['callee'])
    const all = node['arguments'] as SyntaxNode[]
    for (const one of all) for (const name of [nameOf(one), ...choices(one)]) if (name) note(passed, called, name)
    const setting = all.map((one) => textOf(one) ?? constants.get(nameOf(one))).find((name) => name !== undefined)
    if (setting && (called === 'readSetting' || called === 'settingRead')) settings.read.add(setting)
    const said = textOf(all[0])
    if (said !== undefined && ['api', 'reading', 'useLive'].includes(called)) heard.add(said.split('.')[0]!)
    if (setting && called === 'writeSetting') settings.written.add(setting)
  })
}

/** The name of what `job({ name: 'x' })` or `on(event, { name: 'x' })` declares. */
function nameIn(object: unknown): unknown {
  if (!isNode(object) || object.type !== 'ObjectExpression') return undefined
  return (object['properties'] as SyntaxNode[]).find((one) => nameOf(one['key']) === 'name')?.['value']
}
/** Both sides of a condition. */
function choices(node: SyntaxNode): string[] {
  if (node.type !== 'ConditionalExpression') return []
  return [nameOf(node['consequent']), nameOf(node['alternate'])]
}
/** An identifier that names something and is no use of it: what is declared or imported, the key of a property. */
function isName(node: SyntaxNode, parent: SyntaxNode | undefined): boolean {
  if (!parent || /^(?:Import|Export).*Specifier$/.test(parent.type)) return true
  if (parent.type === 'VariableDeclarator') return parent['id'] === node
  return parent.type === 'Property' && parent['key'] === node && parent['shorthand'] !== true
}

test('the sources are read', () => {
  // Each document has one of its own, which its verbs and its acts announce.
  assert.equal((declared.get('event')?.size ?? 0) + declaredDocuments.size, declaredEvents.size)
  assert.equal(declared.get('message')?.size, declaredMessages.size)
  assert.ok(settings.read.size >= 3 && members.size > 1000)
})

test('every event is announced by somebody and heard by somebody', () => {
  // Screens hear all events that they may, and read anew what they have read of the event's area.
  const areas = new Set([
    ...[...declaredEntities.values()].map((one) => one.name.split('.')[0]!),
    ...[...strings].flatMap((one) => /^GET \/([\w-]+)/.exec(one)?.[1] ?? []),
    ...heard,
  ])
  const ofDocuments = new Set([...declaredDocuments.values()].map((one) => one.changed.name))
  none(
    [...declaredEvents.keys()]
      .filter((name) => !ofDocuments.has(name))
      .flatMap((name) => {
        const variable = declared.get('event')!.get(name)!
        const isHeard = subscribersOf(name).length > 0 || areas.has(name.split('.')[0]!)
        return [
          ...(passed.get('emit')?.has(variable) || passed.get('announce')?.has(variable) ? [] : [`nobody announces ${name}`]),
          ...(isHeard ? [] : [`nobody hears ${name}`]),
        ]
      }),
  )
})

test('every job is run by the clock, by an event, or by a command that enqueues it', () => {
  const heard = new Set([...declaredEvents.keys()].flatMap((name) => subscribersOf(name).map((one) => one.name)))
  none(
    declaredJobs()
      .filter((one) => !one.isScheduled && !heard.has(one.name))
      .filter((one) => !passed.get('enqueue')?.has(declared.get('job')?.get(one.name) ?? ''))
      .map((one) => `nothing runs ${one.name}`),
  )
})

test('every problem is met somewhere', () => {
  none(
    [...declaredProblems.keys()].filter((code) => {
      const [, area = '', name = ''] = /^(.*)\.(\w+)$/.exec(code) ?? []
      const variable = declared.get('problems')?.get(area)
      return !members.has(`${variable}.${name}`) && !members.has(`${variable}.*`) && !strings.has(code)
    }),
  )
})

test('every message is sent', () => {
  none([...declaredMessages.keys()].filter((name) => !used.has(declared.get('message')!.get(name)!)))
})

test('every setting that is read can be written, and the other way round', () => {
  none([
    ...[...settings.read].filter((name) => !settings.written.has(name)).map((name) => `nobody writes ${name}`),
    ...[...settings.written].filter((name) => !settings.read.has(name)).map((name) => `nobody reads ${name}`),
  ])
})
