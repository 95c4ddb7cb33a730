import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addApp, aMailbox, appCode } from '#modules/access/sign-in/sign-in.factory.ts'
import { accept, anInvitation, PASSWORD } from '#modules/access/user/user.factory.ts'
import { changeRole } from '#modules/access/role/role.factory.ts'
import { aCompany } from '../harness.ts'
import { aServer } from '../server.ts'
import { aBrowser, Person, type Device } from './browser.ts'

/** The ways in, by hand: password, app, passkey, a forgotten password, a locked till, a question before a risky act. */
const world = await aCompany()
const mailbox = await aMailbox()
const server = await aServer(world.url, { ...mailbox.settings })
const owner = server.client(world.cookie)
const browser = await aBrowser()
const OWNER_PASSWORD = 'correct horse battery'

let people = 0
async function aColleague(role: 'manager' | 'cashier' = 'manager') {
  const email = `colleague${++people}@example.com`
  const client = server.client()
  const answer = await accept(client, await anInvitation(owner, email, [{ role, place: world.place }]))
  assert.equal(answer.status, 200)
  return { id: answer.body.user as string, email, client }
}

async function typePassword(person: Person, email: string, password = PASSWORD): Promise<void> {
  await person.field('field.email').fill(email)
  await person.page.locator('input[name=password]').fill(password)
  await person.button('signIn.go').click()
}
const isHome = (person: Person) =>
  person.page
    .getByRole('button', { name: /Somebody New|Amina/ })
    .first()
    .waitFor()

const pinOf = (person: Person) => person.page.getByRole('dialog').getByLabel(person.word('field.pin'), { exact: true })

/** A finger that is always there: the browser's own simulated authenticator. */
async function aFinger(person: Person): Promise<void> {
  person.device.retire()
  const cdp = await person.context.newCDPSession(person.page)
  await cdp.send('WebAuthn.enable')
  await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
}

async function byApp(name: string, device: Device): Promise<void> {
  const { email, client } = await aColleague()
  const { secret } = await addApp(client)
  const person = await Person.at(browser, server.base, name, device)
  await person.go('/sign-in')
  await person.isAccessible('the sign-in')
  await person.fits('the sign-in')
  await person.shot('first')
  await typePassword(person, email)
  await person.field('signIn.way.totp').fill('000000')
  await person.button('signIn.goOn').click()
  await person.says(person.word('problem.access.signIn.wrongCode'))
  await person.isAccessible('the second proof')
  await person.fits('the second proof')
  await person.shot('second')
  await person.field('signIn.way.totp').fill(appCode(secret))
  await person.button('signIn.goOn').click()
  await isHome(person)
  person.isUntroubled()
}

test('a code of the app, on the desktop', async () => {
  // The English sentence stands in the code; this person reads another language's words.
  await byApp('way-in-desktop', { language: 'sw' })
})
test('a code of the app, on a phone, in the dark, in Arabic', () =>
  byApp('way-in-phone', { language: 'ar', width: 390, height: 844, scheme: 'dark' }))

test('an app is set up on the profile, after showing once more who one is; its backup codes let one in', async () => {
  const { id, email, client } = await aColleague()
  const person = await Person.at(browser, server.base, 'factors', { cookie: client.cookie })
  await world.database.pool.query(`update access_session set proven_at = now() - interval '1 hour' where holder = $1`, [id])
  await person.go('/profile')
  await person.button('factor.addApp').click()
  await person.button('signIn.goOn').click()
  await person.page.getByRole('dialog', { name: person.word('prove.title') }).waitFor()
  await person.isAccessible('the question who it is')
  await person.shot('prove')
  await person.page
    .getByRole('dialog', { name: person.word('prove.title') })
    .getByLabel(person.word('field.currentPassword'))
    .fill(PASSWORD)
  await person.button('prove.go').click()
  await person.page.getByRole('img', { name: person.word('factor.qr') }).waitFor()
  await person.page.getByText(person.word('factor.cantScan')).click()
  const secret = (await person.page.locator('details code').innerText()).replace(/\s/g, '')
  await person.isAccessible('the app to be set up')
  await person.shot('app')
  await person.field('factor.firstCode').fill(appCode(secret))
  await person.button('factor.confirm').click()
  await person.page.getByRole('list', { name: person.word('factor.backupCodes') }).waitFor()
  const codes = await person.page
    .getByRole('list', { name: person.word('factor.backupCodes') })
    .locator('code')
    .allInnerTexts()
  assert.equal(codes.length, 10)
  await person.shot('backup-codes')
  await person.button('factor.kept').click()
  await person.says(person.word('factor.app'))
  await person.shot('profile')

  const other = await Person.at(browser, server.base, 'backup', { width: 390, height: 844 })
  await other.go('/sign-in')
  await typePassword(other, email)
  await other.button('signIn.use.backup').click()
  await other.field('signIn.way.backup').fill(codes[4]!)
  await other.shot('code')
  await other.button('signIn.goOn').click()
  await isHome(other)
  person.isUntroubled()
})

test('a passkey is made on the profile and opens the door without a password', async () => {
  const { client } = await aColleague()
  const person = await Person.at(browser, server.base, 'passkey', { cookie: client.cookie })
  await person.go('/profile')
  await aFinger(person)
  await person.button('factor.addPasskey').click()
  await person.field('factor.passkeyName').fill('My laptop')
  await person.shot('make')
  await person.button('factor.make').click()
  await person.says('My laptop')
  await person.page.getByRole('button', { name: /Somebody New/ }).click()
  await person.page.getByRole('menuitem', { name: person.word('shell.signOut') }).click()
  await person.page.waitForURL('**/sign-in')
  await person.button('signIn.passkey').click()
  await isHome(person)
  const { body } = await server
    .client((await person.context.cookies()).find((one) => one.name === '__Host-duka')!.value)
    .call('GET /profile/factors')
  assert.equal(body.rows[0].kind, 'passkey')
  assert.notEqual(body.rows[0].usedAt, null)

  // Taken away, it opens nothing any more.
  await person.go('/profile')
  await person.button('factor.removeOf', { name: 'My laptop' }).click()
  await person.page
    .getByRole('dialog')
    .getByRole('button', { name: person.word('factor.remove') })
    .click()
  await person.says(person.word('factor.none'))
  await person.context.clearCookies()
  await person.go('/sign-in')
  await person.button('signIn.passkey').click()
  await person.says(/could not be used here/)
  person.isUntroubled()
})

test('a forgotten password: the link of the mail, and the code', async () => {
  const { email } = await aColleague()
  const person = await Person.at(browser, server.base, 'forgot', { width: 390, height: 844 })
  await person.go('/sign-in')
  await person.page.getByRole('link', { name: person.word('signIn.forgot') }).click()
  await person.heading('reset.title').waitFor()
  await person.field('field.email').fill(email)
  await person.isAccessible('the forgotten password')
  await person.shot('ask')
  await person.button('reset.send').click()
  const token = await mailbox.tokenFor(email, 'reset')
  await person.shot('code')
  await person.go(`/reset/${token}`)
  await person.field('field.newPassword').fill('a password for tomorrow')
  await person.isAccessible('the new password')
  await person.shot('new')
  await person.button('reset.go').click()
  await isHome(person)
  await person.context.clearCookies()
  await person.go(`/reset/${token}`)
  await person.says(/no longer valid/)
  await person.shot('gone')

  await person.page.getByRole('link', { name: person.word('reset.another') }).click()
  await person.field('field.email').fill(email)
  await person.button('reset.send').click()
  await mailbox.tokenFor(email, 'reset', 2)
  await person.field('signIn.way.emailCode').fill(await mailbox.codeFor(email))
  await person.field('field.newPassword').fill('and one for the day after')
  await person.button('reset.go').click()
  await isHome(person)
  person.isUntroubled()
})

test('a role that needs a second proof sets it up on the way in', async () => {
  const { email } = await aColleague()
  await changeRole(owner, 'manager', { secondFactor: true })
  try {
    const person = await Person.at(browser, server.base, 'enrol', { width: 390, height: 844 })
    await person.go('/sign-in')
    await typePassword(person, email)
    await person.page.getByText(person.word('factor.cantScan')).click()
    const secret = (await person.page.locator('details code').innerText()).replace(/\s/g, '')
    await person.isAccessible('the app on the way in')
    await person.fits('the app on the way in')
    await person.shot('app')
    await person.field('factor.firstCode').fill(appCode(secret))
    await person.button('factor.confirm').click()
    await person.button('factor.kept').click()
    await isHome(person)
    person.isUntroubled()
  } finally {
    await changeRole(owner, 'manager', { secondFactor: false })
  }
})

test('a till that is locked shows nothing until the PIN, and goes on where it was', async () => {
  const { client } = await aColleague('cashier')
  await client.call('POST /profile/pin', { current: PASSWORD, pin: '2846' })
  const person = await Person.at(browser, server.base, 'lock', { cookie: client.cookie, width: 1024, height: 600 })
  await person.go('/profile')
  await person.field('field.yourName').fill('Half-written name')
  await person.page.getByRole('button', { name: /Somebody New/ }).click()
  await person.page.getByRole('menuitem', { name: person.word('lock.now') }).click()
  await person.page.getByRole('dialog', { name: person.word('lock.title') }).waitFor()
  await person.isAccessible('the locked device')
  await person.shot('locked')
  const pin = pinOf(person)
  await pin.fill('1111')
  await person.button('lock.go').click()
  await person.says(/PIN is not right/)
  await pin.fill('2846')
  await person.button('lock.go').click()
  await person.page.getByRole('dialog').waitFor({ state: 'detached' })
  assert.equal(await person.field('field.yourName').inputValue(), 'Half-written name')

  // A colleague goes on: nothing of the first one stays.
  const other = await aColleague('cashier')
  await other.client.call('POST /profile', { name: 'Chebet Next', locale: 'en' })
  await other.client.call('POST /profile/pin', { current: PASSWORD, pin: '9753' })
  await client.call('POST /session/lock')
  await person.page.reload()
  await person.button('signIn.other').click()
  await person.isAccessible('who goes on')
  await person.shot('others')
  await person.page.getByRole('dialog').getByRole('button', { name: 'Chebet Next' }).click()
  await pinOf(person).fill('9753')
  await person.button('lock.goOn').click()
  await person.page
    .getByRole('button', { name: /Chebet/ })
    .first()
    .waitFor()
  person.isUntroubled()
})

test('a locked till that is reloaded is still locked; after the PIN its person is in', async () => {
  const { client } = await aColleague('cashier')
  await client.call('POST /profile/pin', { current: PASSWORD, pin: '2846' })
  const person = await Person.at(browser, server.base, 'lock-reload', { cookie: client.cookie, width: 390, height: 844 })
  await person.go('/')
  await isHome(person)
  await client.call('POST /session/lock')
  await person.page.reload()
  await pinOf(person).fill('2846')
  await person.button('lock.go').click()
  await person.page.waitForURL('**/pos/sell')
  await person.button('till.back').waitFor()
  person.isUntroubled()
})

test('a device that nobody touches asks for the PIN by itself; one that is used does not', async () => {
  const { client } = await aColleague('cashier')
  await client.call('POST /profile/pin', { current: PASSWORD, pin: '2846' })
  const person = await Person.at(browser, server.base, 'idle', { cookie: client.cookie })
  await person.page.clock.install()
  await person.go('/profile')
  await isHome(person)
  await person.page.clock.runFor(4 * 60_000)
  await person.page.mouse.click(5, 5)
  await person.page.clock.runFor(4 * 60_000)
  assert.equal(await person.page.getByRole('dialog').count(), 0)
  await person.page.clock.runFor(2 * 60_000)
  await person.page.getByRole('dialog', { name: person.word('lock.title') }).waitFor()
})

test('a session that nobody uses ends, not in the middle of a form; what was typed stays', async () => {
  const boss = server.client()
  await boss.call('POST /sign-in', { email: 'amina@example.com', password: OWNER_PASSWORD })
  const person = await Person.at(browser, server.base, 'idle-end', { cookie: boss.cookie })
  await person.page.clock.install()
  await person.go('/parties/new')
  await person.field('field.name').fill('Half a customer')
  await person.page.clock.runFor(65 * 60_000)
  assert.equal(await person.page.getByRole('dialog').count(), 0, 'unsaved work holds it back')
  await person.go('/profile')
  await isHome(person)
  await person.page.clock.runFor(65 * 60_000)
  await person.page.getByRole('dialog', { name: person.word('signIn.again') }).waitFor()
  await person.shot('again')
  await person.page.locator('input[name=password]').fill(OWNER_PASSWORD)
  await person.button('signIn.go').click()
  await person.page.getByRole('dialog').waitFor({ state: 'detached' })
  await person.go('/parties/new')
  assert.equal(await person.field('field.name').inputValue(), 'Half a customer', 'the draft')
})

test('an administrator sees how somebody gets in and resets what was lost', async () => {
  const boss = server.client()
  await boss.call('POST /sign-in', { email: 'amina@example.com', password: OWNER_PASSWORD })
  const { id, email, client } = await aColleague()
  await addApp(client)
  const person = await Person.at(browser, server.base, 'ways-in', { cookie: boss.cookie })
  await person.go(`/users/${id}`)
  await person.says(person.word('factor.app'))
  await person.isAccessible('how somebody gets in')
  await person.shot('person')
  await person.button('waysIn.resetFactors').click()
  await person.field('verb.reason').fill('Phone fell into the lake')
  await person.button('waysIn.do.factors').click()
  await person.says(person.word('waysIn.none'))
  await mailbox.letter(email, /fell into the lake/)
  await person.go('/settings/security')
  await person.heading('security.registrationTitle').waitFor()
  await person.shot('security')
  person.isUntroubled()
})

test('somebody asks to join, confirms the address, is let in, and signs in', async () => {
  const boss = server.client()
  await boss.call('POST /sign-in', { email: 'amina@example.com', password: OWNER_PASSWORD })
  await boss.call('POST /security', { registration: true })
  const person = await Person.at(browser, server.base, 'register', { width: 390, height: 844 })
  await person.go('/sign-in')
  await person.page.getByRole('link', { name: person.word('register.link') }).click()
  await person.heading('register.title').waitFor()
  await person.field('field.yourName').fill('Njeri New')
  await person.field('field.email').fill('njeri@example.com')
  await person.field('register.phone').fill('+254 711 000 001')
  await person.field('field.password').fill(PASSWORD)
  await person.isAccessible('the registration')
  await person.fits('the registration')
  await person.shot('form')
  await person.button('register.go').click()
  await person.field('signIn.way.emailCode').fill(await mailbox.codeFor('njeri@example.com'))
  await person.shot('code')
  await person.button('signIn.goOn').click()
  await person.heading('register.waitingTitle').waitFor()
  await person.shot('waiting')

  const decider = await Person.at(browser, server.base, 'decide', { cookie: boss.cookie })
  await decider.go('/users')
  await decider.page.getByRole('link', { name: decider.word('users.registrations') }).click()
  await decider.page.getByText('Njeri New').filter({ visible: true }).first().click()
  await decider.heading('registration.decide').waitFor()
  await decider.isAccessible('the decision')
  await decider.shot('queue')
  await decider.button('registration.approve').click()
  await decider.page.waitForURL('**/users/*')
  await mailbox.letter('njeri@example.com', /have been let in/)

  await person.go('/sign-in')
  await typePassword(person, 'njeri@example.com')
  await person.page.waitForURL('**/pos/sell')
  await person.button('till.openNow').waitFor()
  person.isUntroubled()
  decider.isUntroubled()
})

test('a key for a program is made on its page, shown once, and ended; an app is connected in the browser', async () => {
  const boss = server.client()
  await boss.call('POST /sign-in', { email: 'amina@example.com', password: OWNER_PASSWORD })
  const person = await Person.at(browser, server.base, 'api-keys', { cookie: boss.cookie })
  await person.go('/api-keys')
  await person.button('apiKeys.make').click()
  const dialog = person.page.getByRole('dialog')
  await dialog.getByLabel(person.word('field.name')).fill('Web shop')
  await dialog.getByLabel(person.word('apiKeys.permissions')).first().fill('reprint')
  await person.page.getByRole('option').first().click()
  await person.page.keyboard.press('Escape')
  await person.isAccessible('a new key')
  await person.shot('make')
  await dialog.getByRole('button', { name: person.word('apiKeys.make') }).click()
  const shown = dialog.getByRole('textbox', { name: person.word('page.apiKeys') })
  const key = await shown.inputValue()
  await person.shot('once')
  const read = () => server.client().call('GET /pos/sales', {}, { authorization: `Bearer ${key}` })
  assert.equal((await read()).status, 200)
  await person.button('common.done').click()
  await person.button('apiKeys.revokeOf', { name: 'Web shop' }).click()
  await person.page
    .getByRole('dialog')
    .getByRole('button', { name: person.word('apiKeys.revoke') })
    .click()
  await person.says(person.word('apiKeys.none'))
  assert.equal((await read()).status, 401)

  const arrived: string[] = []
  await person.page.route('http://127.0.0.1:49999/**', (route) => {
    arrived.push(route.request().url())
    return route.fulfill({ status: 200, body: 'ok' })
  })
  const challenge = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM'
  await person.go(`/connect?app=Rider&redirect=${encodeURIComponent('http://127.0.0.1:49999/connected')}&challenge=${challenge}`)
  await person.isAccessible('the question of an app')
  await person.shot('connect')
  await person.button('connect.yes').click()
  await person.page.waitForURL('http://127.0.0.1:49999/**')
  const code = new URL(arrived[0]!).searchParams.get('code')
  const verifier = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk'
  const tokens = await server.client().call('POST /tokens', { code, verifier, redirect: 'http://127.0.0.1:49999/connected' })
  assert.equal(tokens.status, 200)

  await person.go(`/connect?app=Evil&redirect=${encodeURIComponent('https://evil.example/connected')}&challenge=${challenge}`)
  await person.page.getByRole('alert').waitFor()
  assert.equal(await person.page.getByRole('button', { name: person.word('connect.yes') }).count(), 0)
  person.isUntroubled()
})
