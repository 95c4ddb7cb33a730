import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import { newId } from '#kit/id.ts'
import { anOpenTill, aProduct } from '#modules/pos/sale/sale.factory.ts'
import { onEnd } from '../end.ts'
import { aCompany } from '../harness.ts'
import { aServer } from '../server.ts'
import { aBrowser, Person } from './browser.ts'

/** What a hostile page, address, name or file tries on somebody who is signed in; in the browser, where it would show. */
const world = await aCompany()
const server = await aServer(world.url)
const owner = server.client(world.cookie)
const browser = await aBrowser()
const own = server.base.replace('127.0.0.1', 'localhost')
const parties = async () => (await world.database.db.selectFrom('party').select('name').execute()).map((row) => row.name)

/** A page of somebody else, on another origin of the same machine. */
async function anEvilPage(html: string): Promise<string> {
  const evil = createServer((_, response) =>
    response.setHeader('content-type', 'text/html').end(`<!doctype html><title>Win</title>${html}`),
  )
  await new Promise<void>((resolve) => evil.listen(0, '127.0.0.1', resolve))
  onEnd(() => new Promise<void>((resolve) => evil.close(() => resolve())))
  return `http://127.0.0.1:${(evil.address() as AddressInfo).port}/`
}

test('cross-site request: another page makes nothing here, by form or by script, with the cookie of whoever looks at it', async () => {
  const person = await Person.at(browser, server.base, 'csrf', { cookie: world.cookie })
  await person.go('/')
  await person.page.locator('h1').waitFor()
  const body = JSON.stringify({ name: 'Forged', kind: 'person', roles: ['customer'] })
  const evil = await anEvilPage(`
    <form id="f" method="post" enctype="text/plain" action="${own}/api/parties" target="out"><input name='${body.slice(0, -1)},"x":"' value='"}'></form>
    <iframe name="out"></iframe>
    <script>
      document.getElementById('f').submit()
      const send = (type, key) => fetch('${own}/api/parties', { method: 'POST', credentials: 'include', mode: key ? 'cors' : 'no-cors',
        headers: { 'content-type': type, ...(key && { 'idempotency-key': '${newId()}' }) }, body: ${JSON.stringify(body)} })
        .then(() => 'sent', () => 'stopped')
      window.outcome = Promise.all([send('text/plain'), send('application/json', true), send('application/x-www-form-urlencoded')])
    </script>`)
  await person.page.goto(evil)
  const outcome = await person.page.evaluate(() => (window as unknown as { outcome: Promise<string[]> }).outcome)
  assert.equal(outcome[1], 'stopped', 'the browser asks first, and is told no')
  await person.page.waitForLoadState('networkidle')
  assert.deepEqual(
    (await parties()).filter((name) => name === 'Forged'),
    [],
  )
  // And without a browser that keeps to the rules: the server itself says no.
  const foreign: Record<string, string>[] = [
    { origin: 'https://evil.example' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
  ]
  for (const headers of foreign)
    assert.equal((await owner.call('POST /parties', JSON.parse(body) as object, headers)).status, 403)
  assert.deepEqual(
    (await parties()).filter((name) => name === 'Forged'),
    [],
  )
})

test('clickjacking: no other page can lay itself over ours', async () => {
  const person = await Person.at(browser, server.base, 'frame', { cookie: world.cookie })
  const evil = await anEvilPage(`<iframe id="victim" src="${own}/users" style="opacity:0.01;width:900px;height:700px"></iframe>`)
  await person.page.goto(evil)
  await person.page.waitForLoadState('networkidle')
  const framed = person.page.frames().find((frame) => frame !== person.page.mainFrame())
  assert.ok(!framed || !framed.url().startsWith(own), `it was framed: ${framed?.url()}`)
  for (const path of ['/', '/api/session', '/nowhere']) {
    const { headers } = await fetch(`${server.base}${path}`)
    assert.match(headers.get('content-security-policy') ?? '', /frame-ancestors 'none'/, path)
  }
})

test('open redirect: no address leads away from here, before or after signing in', async () => {
  const hosts = ['https://evil.example/', '//evil.example/', '/\\evil.example/', 'javascript:alert(1)', '/%2F%2Fevil.example']
  const person = await Person.at(browser, server.base, 'redirect')
  const left: string[] = []
  person.page.on('request', (request) => {
    if (!request.url().startsWith(own) && !request.url().startsWith('data:') && !request.url().startsWith('blob:'))
      left.push(request.url())
  })
  for (const host of hosts)
    for (const name of ['to', 'next', 'redirect', 'returnTo', 'back', 'url']) {
      const answer = await fetch(`${server.base}/sign-in?${name}=${encodeURIComponent(host)}`, {
        redirect: 'manual',
        headers: { accept: 'text/html' },
      })
      assert.equal(answer.status, 200, `${name}=${host}`)
    }
  await person.go(`/sign-in?to=${encodeURIComponent('//evil.example/')}&next=https://evil.example/&back=//evil.example`)
  await person.field('field.email').fill('amina@example.com')
  await person.field('field.password').fill('correct horse battery')
  await person.page.keyboard.press('Enter')
  await person.page.waitForURL((url) => url.pathname !== '/sign-in')
  assert.equal(new URL(person.page.url()).origin, own)
  // A form that leads back after saving leads back within the house.
  for (const back of ['https://evil.example/', '//evil.example/', 'javascript:window.hacked=1']) {
    await person.go(`/parties/new?back=${encodeURIComponent(back)}`)
    await person.field('field.name').fill(`Back ${back.length}`)
    await person.button('common.add').click()
    await person.page.waitForURL((url) => url.pathname !== '/parties/new')
    assert.equal(new URL(person.page.url()).origin, own)
  }
  assert.deepEqual(left, [])
})

const SCRIPT = `<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>"><svg onload=window.hacked=1>`

test('stored script: a name that is a script is shown as what it is, on every page and paper', async () => {
  await anOpenTill(world)
  const goods = await aProduct(world, `Pot ${SCRIPT}`.slice(0, 150), 100_000n, 5, 1n)
  const { body: made } = await owner.call('POST /parties', {
    name: SCRIPT.slice(0, 150),
    kind: 'person',
    roles: ['customer'],
    address: `javascript:window.hacked=1 ${SCRIPT}`,
    note: SCRIPT,
  })
  const { rows: methods } = (await owner.call('GET /payments/methods')).body
  const sale = newId()
  const sold = await owner.call('POST /pos/sales', {
    id: sale,
    till: world.till,
    customer: made.id,
    note: SCRIPT,
    lines: [{ variant: goods.variant, quantity: '1000000', listPrice: goods.price }],
    total: goods.price,
    tenders: [{ method: methods.find((one: { kind: string }) => one.kind === 'cash').id, given: goods.price }],
  })
  assert.equal(sold.status, 201, JSON.stringify(sold.body))
  const role = (await owner.call('POST /roles', { name: SCRIPT.slice(0, 60), note: SCRIPT })).body.id
  const person = await Person.at(browser, server.base, 'stored', { cookie: world.cookie })
  for (const path of [
    '/parties',
    `/parties/${made.id}`,
    `/parties/${made.id}/edit`,
    '/catalog/products',
    '/pos/sell',
    `/pos/sales/${sale}`,
    `/roles/${role}`,
    '/roles',
    '/audit',
    '/inventory/stock',
  ]) {
    await person.go(path)
    await person.page.locator('h1, #till-products').first().waitFor()
    await person.page.locator('[aria-busy=true]').first().waitFor({ state: 'detached' })
    assert.equal(await person.page.evaluate(() => 'hacked' in window), false, path)
    assert.equal(await person.page.locator('main script, main svg[onload], main img[onerror]').count(), 0, path)
  }
  await person.page.keyboard.press('Control+k')
  await person.page.locator('[role=dialog] input:focus').waitFor()
  await person.page.keyboard.type('<img')
  await person.page.getByRole('option').first().waitFor()
  assert.equal(await person.page.evaluate(() => 'hacked' in window), false)
  // What is sent beside pages is no page.
  const { headers } = await fetch(`${server.base}/api/parties/${made.id}`, { headers: { cookie: `__Host-duka=${world.cookie}` } })
  assert.match(headers.get('content-type')!, /^application\/json/)
  assert.equal(headers.get('x-content-type-options'), 'nosniff')
})

test('reflected script: what stands in an address is never run', async () => {
  const person = await Person.at(browser, server.base, 'reflected', { cookie: world.cookie })
  const said: string[] = []
  person.page.on('dialog', (dialog) => {
    said.push(dialog.message())
    void dialog.dismiss()
  })
  for (const path of [
    `/parties?q=${encodeURIComponent(SCRIPT)}`,
    `/parties?kind=${encodeURIComponent(SCRIPT)}`,
    `/${encodeURIComponent(SCRIPT)}`,
    `/reset?token=${encodeURIComponent(SCRIPT)}`,
    `/invitation/${encodeURIComponent(SCRIPT)}`,
    `/why?person=${encodeURIComponent(SCRIPT)}&permission=${encodeURIComponent(SCRIPT)}`,
    `/parties#${SCRIPT}`,
  ]) {
    await person.go(path)
    await person.page.locator('h1, h2, [role=alert]').first().waitFor()
    assert.equal(await person.page.evaluate(() => 'hacked' in window), false, path)
  }
  for (const path of [`/api/${encodeURIComponent(SCRIPT)}`, `/api/parties?sort=${encodeURIComponent(SCRIPT)}`]) {
    const answer = await fetch(server.base + path, { headers: { cookie: `__Host-duka=${world.cookie}` } })
    assert.match(answer.headers.get('content-type')!, /json/, path)
  }
  // No script but the program's own is ever run: not one that stands in the page, and none that text would become.
  const { headers } = await fetch(`${server.base}/`)
  const [, scripts] = /script-src ([^;]+)/.exec(headers.get('content-security-policy')!)!
  assert.equal(scripts!.trim(), "'self'")
  assert.deepEqual(said, [])
})

test('passwords are masked and may be pasted; leaving is in sight, and nothing of the person stays in the browser', async () => {
  const person = await Person.at(browser, server.base, 'leaving')
  const { page } = person
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'], { origin: own })
  await person.go('/sign-in')
  await person.field('field.email').fill('amina@example.com')
  const password = page.locator('input[autocomplete=current-password]')
  assert.equal(await password.getAttribute('type'), 'password')
  await page.evaluate(() => navigator.clipboard.writeText('correct horse battery'))
  await password.focus()
  await page.keyboard.press('Control+v')
  assert.equal(await password.inputValue(), 'correct horse battery')
  await page.keyboard.press('Enter')
  await page.waitForURL((url) => url.pathname === '/')
  await person.go('/parties/new')
  await person.field('field.name').fill('Half a customer of mine')
  await page.waitForFunction(() => JSON.stringify(localStorage).includes('Half a customer'))
  await person.go('/parties')
  await person.heading('entities.parties.party').waitFor()
  await page.getByRole('button', { name: /Amina/ }).click()
  await page.getByRole('menuitem', { name: person.word('shell.signOut') }).click()
  await page.waitForURL((url) => url.pathname === '/sign-in')
  const kept = await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }))
  assert.doesNotMatch(kept, /Half a customer|Amina|amina@example/)
  await page.goBack()
  await person.field('field.email').waitFor()
  assert.doesNotMatch(await page.content(), /Half a customer|Ann Lamps/)
})
