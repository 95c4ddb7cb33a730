import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aCompany } from '../harness.ts'
import { aMailServer } from '../post.ts'
import { aServer } from '../server.ts'
import { aBrowser, Person, type Device } from './browser.ts'

/** An owner sets up mail by themselves, tries it, breaks it and reads why; by mouse, and by finger in Arabic. */
const world = await aCompany()
const mail = await aMailServer()
const server = await aServer(world.url)
const owner = server.client(world.cookie)
const browser = await aBrowser()
const typed = mail.typed as Record<string, string | number>

const reads = (locale: string) => owner.call('POST /profile', { name: 'Amina Owner', locale, digits: 'latn' })

async function setUpMail(name: string, device: Device): Promise<void> {
  await reads(device.language ?? 'en')
  const person = await Person.at(browser, server.base, name, { ...device, cookie: world.cookie })
  const isTouched = device.width === 390
  const press = async (key: string) => (isTouched ? person.button(key).tap() : person.button(key).click())
  const type = (field: string, value: unknown) => person.field(`adapter.mail.${field}`).fill(String(value))

  // From where somebody finds out that nothing leaves.
  await person.go('/messages')
  const link = person.page.getByRole('link', { name: person.word('connections.setUp') })
  await (isTouched ? link.tap() : link.click())
  await person.heading('adapter.mail.title').waitFor()
  await person.says(person.word('adapter.mail.password.hint.gmail'))
  await person.shot('gmail')

  const service = person.page.getByRole('combobox', { name: person.word('adapter.mail.service') })
  await (isTouched ? service.tap() : service.click())
  const own = person.page.getByRole('option', { name: person.word('adapter.mail.service.own') })
  await (isTouched ? own.tap() : own.click())
  await press('common.save')
  await person.says(person.word('invalid.required'))
  for (const field of ['host', 'port', 'user', 'password', 'from']) await type(field, typed[field])
  await person.isAccessible('the form')
  await person.fits('the form')
  await person.shot('filled')
  await press('common.save')
  await person.says(person.word('state.untried'))

  await press('connections.tryBy.email')
  await person.says(person.word('state.working'))
  await person.page.getByRole('status').getByText('amina@example.com').waitFor()
  assert.deepEqual(mail.letters.at(-1)!.to, ['amina@example.com'])
  await person.isAccessible('a try that worked')
  await person.shot('works')

  await type('password', 'not the one')
  await press('common.save')
  await person.says(person.word('state.untried'))
  await press('connections.tryBy.email')
  await person.says(person.word('state.failing'))
  await person.says(/535/)
  await person.isAccessible('a try that failed')
  await person.fits('a try that failed')
  await person.shot('broken')

  await press('connections.forget')
  await person.page
    .getByRole('dialog')
    .getByRole('button', { name: person.word('connections.forget') })
    .click()
  await person.says(person.word('state.unset'))
  await person.go('/settings/connections')
  await person.heading('page.connections').waitFor()
  await person.says(person.word('adapter.mail.about'))
  await person.fits('all connections')
  await person.shot('all')
  person.isUntroubled()
}

test('by mouse on a desk: mail works, and when the password is wrong the page says so', () => setUpMail('connections', {}))

test('by finger on a phone, in Arabic', () => setUpMail('connections-ar', { language: 'ar', width: 390, height: 844 }))

test('what is done by the clock stands on a page, and is done now when somebody wants it', async () => {
  for (const device of [{}, { language: 'ar', width: 390, height: 844, scheme: 'dark' }] as const) {
    const isArabic = 'language' in device
    await reads(isArabic ? 'ar' : 'en')
    const person = await Person.at(browser, server.base, `scheduled${isArabic ? '-ar' : ''}`, { ...device, cookie: world.cookie })
    await person.go('/settings/scheduled')
    // Each person asks for one that nobody has asked for before.
    const what = person.word(isArabic ? 'scheduled.comms.forgetSecrets' : 'scheduled.kit.forgetOld')
    await person.says(what)
    const line = person.page.locator('li', { hasText: what })
    await line.getByRole('button').click()
    await line.getByText(person.word('state.ok')).waitFor()
    await person.isAccessible('scheduled work')
    await person.fits('scheduled work')
    await person.shot('done')
    person.isUntroubled()
  }
})
