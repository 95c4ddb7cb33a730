import assert from 'node:assert/strict'
import { test } from 'node:test'
import sharp from 'sharp'
import { accept, anInvitation, PASSWORD } from '#modules/access/user/user.factory.ts'
import { forgetSessions } from '#modules/access/session/session.store.ts'
import { aMailbox } from '#modules/access/sign-in/sign-in.factory.ts'
import { aCompany } from '../harness.ts'
import { aServer } from '../server.ts'
import { aBrowser, Person, type Device } from './browser.ts'

/** People's own data: the profile, a seller who registers, a rider's telephone, what is erased and what must stay. */
const world = await aCompany()
const mailbox = await aMailbox()
const server = await aServer(world.url, mailbox.settings)
const owner = server.client(world.cookie)
const browser = await aBrowser()
await owner.call('POST /security', { sellerRegistration: true, attemptsPerMinute: 1000 })

let people = 0
async function aColleague(role = 'cashier') {
  const email = `person${++people}@example.com`
  const client = server.client()
  const { body } = await accept(client, await anInvitation(owner, email, [{ role, place: world.place }]))
  return { id: body.user as string, email, client }
}
async function anOwner(name: string, device: Device = {}): Promise<Person> {
  await owner.call('POST /profile', { name: 'Amina Owner', locale: device.language ?? 'en' })
  const client = server.client()
  await client.call('POST /sign-in', { email: 'amina@example.com', password: 'correct horse battery' })
  return Person.at(browser, server.base, name, { ...device, cookie: client.cookie })
}
const photo = (background: string) =>
  sharp({ create: { width: 900, height: 600, channels: 3, background } })
    .composite([{ input: Buffer.from('<svg width="900" height="600"><circle cx="640" cy="170" r="120" fill="#fc9"/></svg>') }])
    .jpeg()
    .toBuffer()
const file = async (name: string, background = '#367') => ({ name, mimeType: 'image/jpeg', buffer: await photo(background) })

for (const device of [{ name: 'desktop' }, { name: 'phone', width: 390, height: 844, scheme: 'dark', language: 'ar' }] as const)
  test(`a profile with a picture, telephones and another address, on a ${device.name}`, async () => {
    const { email, client } = await aColleague()
    await client.call('POST /profile', { name: 'Asha Omar', locale: 'language' in device ? device.language : 'en' })
    const person = await Person.at(browser, server.base, `profile-${device.name}`, { ...device, cookie: client.cookie })
    const { page } = person
    await person.go('/profile')
    await page.locator('input[type=file]').setInputFiles(await file('me.jpg'))
    const frame = page.getByRole('slider', { name: person.word('profile.focus') })
    await frame.scrollIntoViewIfNeeded()
    const box = (await frame.boundingBox())!
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
    await page.mouse.down()
    await page.mouse.move(box.x + box.width * 0.7, box.y + box.height * 0.3, { steps: 4 })
    await page.mouse.up()
    await page.waitForFunction(() => document.querySelector('header img')?.getAttribute('style')?.includes('70% 30%'))
    await frame.press('ArrowDown')
    await page.waitForFunction(() => document.querySelector('header img')?.getAttribute('style')?.includes('70% 35%'))
    await person.field('profile.phones').fill('0712 345 678')
    await person.field('profile.phones').press('Enter')
    await person.button('common.save').click()
    await person.says(person.word('common.saved'))
    await person.isAccessible('the profile')
    await person.fits('the profile')
    await person.shot('profile')

    await person.button('profile.changeEmail').click()
    await person.field('profile.newEmail').fill(`new-${email}`)
    await person.button('profile.sendCode').click()
    await person.field('profile.code').fill(await mailbox.codeFor(`new-${email}`))
    await person.shot('code')
    await person.button('signIn.goOn').click()
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await person.says(`new-${email}`)
    await person.heading('detail.history').scrollIntoViewIfNeeded()
    await person.shot('history')
    person.isUntroubled()
  })

test('a seller registers on a phone with business, bank account and ID, and is let in', async () => {
  const person = await Person.at(browser, server.base, 'seller', { width: 390, height: 844 })
  await person.go('/sign-in')
  await person.page.getByRole('link', { name: person.word('register.link') }).click()
  await person.field('field.yourName').fill('Huda Salem')
  await person.field('field.email').fill('hudda@sellers.example')
  await person.field('register.phone').fill('050 123 4567')
  await person.field('register.company').fill('Souq Traders LLC')
  await person.page.getByRole('combobox', { name: person.word('register.country') }).click()
  await person.page.getByRole('option', { name: /Emirates/ }).click()
  await person.field('register.storeName').fill('Souq')
  await person.field('register.storeLink').fill('souq.example.com')
  await person.page.getByLabel(person.word('register.bankAccount'), { exact: true }).fill('AE07 0331 2345 6789 0123 456')
  await person.field('register.bankAccountAgain').fill('AE07 0331 2345 6789 0123 457')
  await person.field('field.password').fill(PASSWORD)
  await person.isAccessible('the registration of a seller')
  await person.fits('the registration of a seller')
  await person.shot('form')
  await person.button('register.go').click()
  await person.says(/not written the same twice|no bank account/)
  await person.shot('refused')
  await person.field('register.bankAccountAgain').fill('AE070331234567890123456')
  await person.button('register.go').click()
  await person.button('register.otherCode').click()
  assert.equal(await person.field('register.company').inputValue(), 'Souq Traders LLC', 'nothing is typed twice')
  await person.field('field.email').fill('huda@sellers.example')
  await person.button('register.go').click()
  await person.field('signIn.way.emailCode').fill(await mailbox.codeFor('huda@sellers.example'))
  await person.button('signIn.goOn').click()
  await person.heading('register.identityTitle').waitFor()
  for (const [at, side] of (['front', 'back'] as const).entries()) {
    await person.page
      .locator('input[type=file]')
      .nth(at)
      .setInputFiles(await file(`${side}.jpg`, at ? '#753' : '#367'))
  }
  await person.isAccessible('the pictures of the ID')
  await person.shot('identity')
  await person.button('register.identitySend').click()
  await person.heading('register.waitingTitle').waitFor()
  await person.isAccessible('the end of the registration')

  const decider = await anOwner('seller-decided')
  await mailbox.letter('amina@example.com', /Huda Salem asks to join/)
  await decider.go('/registrations')
  await decider.page.getByText('Huda Salem').filter({ visible: true }).first().click()
  await decider.heading('registration.identity').waitFor()
  await decider.page.waitForFunction(() =>
    [...document.querySelectorAll('figure img')].every((one) => (one as HTMLImageElement).naturalWidth > 0),
  )
  await decider.isAccessible('the registration of a seller, for who decides')
  await decider.shot('decide')
  await decider.button('registration.approveSeller').click()
  await decider.page.waitForURL('**/users/*')
  await decider.says('Souq Traders LLC')
  await mailbox.letter('huda@sellers.example', /have been let in/)
  person.isUntroubled()
  decider.isUntroubled()
})

test('a rider’s telephone shows by itself that it is the same one; a cookie carried elsewhere opens nothing', async () => {
  const { email } = await aColleague('rider')
  const phone = await Person.at(browser, server.base, 'rider', { width: 390, height: 844 })
  await phone.go('/sign-in')
  await phone.field('field.email').fill(email)
  await phone.page.locator('input[name=password]').fill(PASSWORD)
  await phone.button('signIn.go').click()
  await phone.page
    .getByRole('button', { name: /Somebody New/ })
    .first()
    .waitFor()
  await phone.shot('in')
  const aged = () =>
    world.database.pool.query(`update access_session set device_proven_at = device_proven_at - interval '11 minutes' where bound`)
  await aged()
  forgetSessions()
  // A page that is open and one that is loaded anew both go on.
  await phone.follow('/parties')
  await phone.heading('entities.parties.party').waitFor()
  await aged()
  forgetSessions()
  await phone.go('/parties')
  await phone.heading('entities.parties.party').waitFor()
  phone.isUntroubled()

  const [cookie] = (await phone.context.cookies()).filter((one) => one.name === '__Host-duka')
  await aged()
  forgetSessions()
  const thief = await Person.at(browser, server.base, 'thief', { cookie: cookie!.value })
  await thief.go('/parties')
  await thief.page.locator('input[name=password]').waitFor()
  await thief.shot('nothing')
  await phone.go('/parties')
  await phone.page.locator('input[name=password]').waitFor()
})

test('a customer is held, not erased; lifted, and erased; and how long data is kept is set', async () => {
  const { body } = await owner.call('POST /parties', {
    name: 'Juma Vanishing',
    kind: 'person',
    roles: ['customer'],
    phones: ['+254712900900'],
    note: 'Likes tea',
  })
  const person = await anOwner('erase')
  const { page } = person
  await person.go(`/parties/${body.id}`)
  await person.button('common.more').click()
  await page.getByRole('menuitem', { name: person.word('detail.hold') }).click()
  await person.field('keeping.reason').fill('Case 12/2026')
  await person.shot('hold')
  await person.button('keeping.hold').click()
  await person.says('Case 12/2026')
  await person.isAccessible('what is kept')
  await person.shot('keeping')
  await person.go(`/parties/${body.id}`)
  await person.button('common.more').click()
  await page.getByRole('menuitem', { name: person.word('erase.go') }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(person.word('verb.reason')).fill('Asked by letter')
  await person.shot('ask')
  await dialog.getByRole('button', { name: person.word('erase.go') }).click()
  await person.says(/must stay as it is: Case 12/)
  await person.go('/settings/keeping')
  await person.button('keeping.liftOf', { title: 'Juma Vanishing' }).click()
  await page.getByRole('dialog').getByLabel(person.word('verb.reason')).fill('Settled')
  await page
    .getByRole('dialog')
    .getByRole('button', { name: person.word('keeping.lift') })
    .click()
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await person.field('keeping.kind.message').fill('400')
  await person.button('common.save').click()
  await person.says(person.word('common.saved'))
  await person.field('keeping.roomMost').fill('7')
  await person.shot('room')
  // Enter in its field sends this form, and not the one above it.
  await person.field('keeping.roomMost').press('Enter')
  await page.waitForFunction(async () => (await (await fetch('/api/keeping')).json()).room.bytes === 7_000_000_000)
  await person.go(`/parties/${body.id}`)
  await person.button('common.more').click()
  await page.getByRole('menuitem', { name: person.word('erase.go') }).click()
  await dialog.getByLabel(person.word('verb.reason')).fill('Asked by letter')
  await dialog.getByRole('button', { name: person.word('erase.go') }).click()
  await person.heading('erase.title').waitFor()
  await person.shot('erased')
  assert.equal(await page.getByText('Likes tea').count(), 0)

  await person.go('/settings/secrets')
  await person.button('keys.rotate').click()
  await page
    .getByRole('dialog')
    .getByRole('button', { name: person.word('keys.rotate') })
    .click()
  await person.says(person.word('state.retired'))
  await person.isAccessible('the keys')
  await person.shot('keys')
  person.isUntroubled()

  const small = await anOwner('keeping-phone', { width: 390, height: 844, scheme: 'dark', language: 'ar' })
  await small.go('/settings/keeping')
  await small.heading('keeping.times').waitFor()
  await small.fits('what is kept')
  await small.isAccessible('what is kept, in the dark')
  await small.field('keeping.roomMost').scrollIntoViewIfNeeded()
  await small.shot('keeping')
})

test('a draft of a customer keeps no number and no address in the browser', async () => {
  const person = await anOwner('draft')
  await person.go('/parties/new')
  await person.field('field.name').fill('Half a customer')
  await person.page.getByLabel(person.word('field.phones')).first().fill('+254712000777')
  await person.page.getByLabel(person.word('field.phones')).first().press('Enter')
  await person.field('field.address').fill('Secret Street 9')
  const kept = () => person.page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }))
  await person.page.waitForFunction(() => JSON.stringify({ ...localStorage }).includes('Half a customer'))
  assert.doesNotMatch(await kept(), /712000777|Secret Street/)
  await person.page.reload()
  await person.says(person.word('form.draftRestored'))
  assert.equal(await person.field('field.name').inputValue(), 'Half a customer')
  assert.equal(await person.field('field.address').inputValue(), '')
})
