import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { EVERYWHERE, NOWHERE, type Reach } from '#kit/access.ts'
import '../../../server.ts'
import type { LineSetting, Membership } from './role.ts'
import { covers, grantsOf, isNowhere, linesOf, offeredScopes, suggested, type Lines } from './role.rules.ts'
import { shippedRoles } from './shipped.ts'

const ME = { id: 'me', team: ['me', 'mate'] }
const PLACES = ['A', 'B', 'C']
const at = (role: string, place: string | null = null, seller: string | null = null): Membership => ({ role, place, seller })
const policy = (roles: Record<string, Record<string, LineSetting>>) =>
  new Map(Object.entries(roles).map(([key, lines]) => [key, new Map(Object.entries(lines)) as Lines]))
const reach = (more: Partial<Reach>): Reach => ({ ...NOWHERE, ...more })
const grants = (held: Membership[], roles: Record<string, Record<string, LineSetting>>) =>
  Object.fromEntries(grantsOf(held, policy(roles), ME, PLACES))

const SALES = 'pos.sale.read'
const TAX = 'catalog.tax.edit'

test('a line reaches from where its role is held', () => {
  const cases: [LineSetting, Membership, Reach | undefined][] = [
    ['place', at('r'), EVERYWHERE],
    ['place', at('r', 'A'), reach({ places: ['A'] })],
    ['all', at('r', 'A'), EVERYWHERE],
    ['own', at('r', 'A'), reach({ owners: ['me'] })],
    ['team', at('r'), reach({ owners: ['me', 'mate'] })],
    ['seller', at('r', null, 'S'), reach({ sellers: ['S'] })],
    ['seller', at('r'), undefined],
    ['never', at('r'), undefined],
  ]
  for (const [line, held, expected] of cases) assert.deepEqual(grants([held], { r: { [SALES]: line } })[SALES], expected, line)
})

test('over what all places share a role brings nothing that is held at one place, unless it says everywhere', () => {
  assert.deepEqual(grants([at('r', 'A')], { r: { [TAX]: 'place' } }), {})
  assert.deepEqual(grants([at('r')], { r: { [TAX]: 'place' } }), { [TAX]: EVERYWHERE })
  assert.deepEqual(grants([at('r', 'A')], { r: { [TAX]: 'all' } }), { [TAX]: EVERYWHERE })
})

test('several roles add up, and what one of them forbids is gone where it is held', () => {
  const roles = { seller: { [SALES]: 'place' as const }, own: { [SALES]: 'own' as const }, no: { [SALES]: 'never' as const } }
  assert.deepEqual(
    grants([at('seller', 'A'), at('seller', 'B'), at('own')], roles)[SALES],
    reach({ places: ['A', 'B'], owners: ['me'] }),
  )
  assert.deepEqual(grants([at('seller'), at('no')], roles), {})
  assert.deepEqual(grants([at('seller'), at('no', 'B')], roles)[SALES], reach({ places: ['A', 'C'] }))
  assert.deepEqual(grants([at('seller', 'A'), at('no', 'A')], roles), {})
  assert.deepEqual(grants([at('seller', 'A'), at('no', 'B')], roles)[SALES], reach({ places: ['A'] }))
})

test('what this company says stands over what is suggested; an owner’s rights are not touched', () => {
  const settings = new Map<string, LineSetting>([
    [SALES, 'none'],
    ['pos.sale.discount', 'place'],
    ['pos.sale.price', 'never'],
  ])
  const lines = linesOf('cashier', settings)
  assert.equal(lines.get(SALES), undefined)
  assert.equal(lines.get('pos.sale.discount'), 'place')
  assert.equal(lines.get('pos.sale.price'), 'never')
  assert.equal(lines.get('pos.sale.complete'), 'place')
  assert.deepEqual(linesOf('owner', settings), suggested('owner'))
  assert.deepEqual([...linesOf(null, new Map())], [])
})

test('shipped roles: auditors only read, nobody but owner and administrator may change people or roles', () => {
  for (const name of suggested('auditor').keys()) assert.match(name, /\.(read|export)$/)
  const others = shippedRoles.filter((one) => one !== 'owner' && one !== 'administrator')
  for (const role of others)
    for (const name of ['access.user.edit', 'access.role.edit', 'access.security.edit'])
      assert.equal(suggested(role).has(name), false, `${role} ${name}`)
  for (const role of shippedRoles)
    for (const [permission, scope] of suggested(role))
      assert.ok(offeredScopes(permission).includes(scope), `${role}: ${permission}@${scope}`)
})

const anyReach = fc.record({
  all: fc.boolean(),
  places: fc.subarray(PLACES),
  owners: fc.subarray(['me', 'mate']),
  sellers: fc.subarray(['S', 'T']),
})

test('whoever covers a reach covers whatever it covers', () => {
  fc.assert(
    fc.property(anyReach, anyReach, anyReach, (a, b, c) => {
      if (covers(a, b) && covers(b, c) && b.owners.length !== 1) assert.ok(covers(a, c))
      assert.equal(covers(undefined, a), isNowhere(a))
      assert.ok(covers(EVERYWHERE, a))
      assert.equal(covers(a, EVERYWHERE), a.all)
    }),
  )
})

test('a further role that forbids nothing never takes anything away', () => {
  const line = fc.constantFrom<LineSetting>('own', 'team', 'seller', 'place', 'all')
  const held = fc.record({
    role: fc.constantFrom('x', 'y', 'z'),
    place: fc.constantFrom(null, ...PLACES),
    seller: fc.constantFrom(null, 'S'),
  })
  fc.assert(
    fc.property(fc.record({ x: line, y: line, z: line }), fc.array(held), held, (lines, some, more) => {
      const roles = Object.fromEntries(Object.entries(lines).map(([key, one]) => [key, { [SALES]: one }]))
      const [before, after] = [grants(some, roles)[SALES], grants([...some, more], roles)[SALES]]
      if (before) assert.ok(covers(after, before))
    }),
  )
})
