import assert from 'node:assert/strict'
import { test } from 'node:test'
import sharp from 'sharp'
import { AttachmentProblem } from '#kit/attachment.ts'
import { aProduct } from '#modules/pos/sale/sale.factory.ts'
import { accept, anInvitation } from '#modules/access/user/user.factory.ts'
import { anOrder, aSupplier } from '#modules/sourcing/purchase/purchase.factory.ts'
import { aCompany } from '../harness.ts'
import { aServer } from '../server.ts'
import { aBrowser, Person } from './browser.ts'

/** Two people at one order: one writes and attaches at a desk, the other is told at once, by mouse and on a phone in Arabic. */
const world = await aCompany()
const server = await aServer(world.url)
const owner = server.client(world.cookie)
const browser = await aBrowser()
const asha = server.client()
const { user } = (await accept(asha, await anInvitation(owner, 'asha@example.com', [{ role: 'manager', place: world.place }])))
  .body
await world.database.pool.query(`update access_user set name = 'Asha Manager' where id = $1`, [user])
const supplier = await aSupplier(owner, 'Unga Ltd')
const flour = await aProduct(world, 'Flour 50 kg', 400_000n, 2, 320_000n)
const { id: order } = await anOrder(owner, { supplier, location: world.location }, [
  { variant: flour.variant, quantity: 2, price: 320_000n },
])
const at = `/sourcing/purchases/${order}`
const pdf = Buffer.from('%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n')
const picture = await sharp({ create: { width: 640, height: 400, channels: 3, background: '#7a4' } })
  .jpeg()
  .toBuffer()

test('a note with a name in it is heard at once by whom it calls; files hang on the order', async () => {
  const writer = await Person.at(browser, server.base, 'record', { cookie: asha.cookie })
  const reader = await Person.at(browser, server.base, 'record-told', { cookie: world.cookie })
  await reader.go('/parties')
  await reader.heading('entities.parties.party').waitFor()
  await reader.button('page.notices').waitFor()

  await writer.go(at)
  await writer.page.getByRole('tab', { name: writer.word('detail.timeline') }).click()
  const field = writer.field('timeline.write')
  await field.click()
  await writer.page.keyboard.type('The lorry comes at noon, @Ami')
  await writer.page.getByRole('option', { name: 'Amina Owner' }).waitFor()
  await writer.shot('mention')
  await writer.page.keyboard.press('ArrowDown')
  await writer.page.keyboard.press('Enter')
  await writer.page.keyboard.type('is that right?')
  assert.equal(await field.inputValue(), 'The lorry comes at noon, @Amina Owner is that right?')
  await writer.button('timeline.send').click()
  await writer.page.locator('p', { hasText: 'The lorry comes at noon' }).waitFor()
  assert.equal(await writer.page.locator('strong', { hasText: '@Amina Owner' }).count(), 1)
  assert.equal(await field.inputValue(), '')

  // The other screen was not touched.
  const bell = reader.counted('notices.unread', 1)
  await bell.click()
  await reader.says('Asha Manager mentioned you')
  await reader.shot('bell')
  await reader.isAccessible('the bell')
  await reader.page.getByRole('link', { name: /Asha Manager mentioned you/ }).click()
  await reader.page.waitForURL(`**${at}?tab=history`)
  await reader.page.locator('p', { hasText: 'The lorry comes at noon' }).waitFor()
  await reader.button('page.notices').waitFor()

  const input = writer.page.locator('input[type=file]')
  await input.setInputFiles([
    { name: 'offer.pdf', mimeType: 'application/pdf', buffer: pdf },
    { name: 'shelf.jpg', mimeType: 'image/jpeg', buffer: picture },
  ])
  const shown = writer.page.getByRole('img', { name: writer.word('timeline.picture', { name: 'shelf.jpg' }) })
  await shown.waitFor()
  await writer.page.waitForFunction(() =>
    [...document.querySelectorAll('main img')].every((one) => (one as HTMLImageElement).naturalWidth > 0),
  )
  await input.setInputFiles([{ name: 'page.html', mimeType: 'text/html', buffer: Buffer.from('<html></html>') }])
  await writer.says(AttachmentProblem.wrongType().message)
  const [saved] = await Promise.all([
    writer.page.waitForEvent('download'),
    writer.page.getByRole('link', { name: /offer.pdf/ }).click(),
  ])
  assert.equal(saved.suggestedFilename(), 'offer.pdf')
  await writer.shot('files')
  await writer.isAccessible('the timeline of an order')
  // What the other wrote is not one's own to take back; one's own is.
  assert.equal(await reader.page.getByRole('button', { name: reader.word('timeline.takeBack') }).count(), 0)
  const note = writer.page.locator('[data-kind=note]')
  await note.getByRole('button', { name: writer.word('timeline.takeBack') }).click()
  await writer.says(writer.word('timeline.withdrawn'))
  writer.isUntroubled()
  reader.isUntroubled()
})

test('an order is given to somebody by keyboard; it waits at their home, and by finger they say that they are done', async () => {
  const giver = await Person.at(browser, server.base, 'assign', { cookie: world.cookie })
  const { page } = giver
  await giver.go(at)
  await giver.button('assign.give').focus()
  await page.keyboard.press('Enter')
  const field = page.getByRole('combobox', { name: giver.word('assign.to') })
  await field.waitFor()
  await page.waitForFunction((one) => one === document.activeElement, await field.elementHandle())
  await page.keyboard.type('Ash')
  await page.getByRole('option', { name: 'Asha Manager' }).waitFor()
  await giver.shot('choosing')
  await giver.isAccessible('giving an order to somebody')
  await page.keyboard.press('Enter')
  const given = page.getByRole('button', { name: giver.word('assign.for', { name: 'Asha Manager' }), exact: true })
  await given.waitFor()
  await giver.shot('given')

  const taker = await Person.at(browser, server.base, 'assigned', { cookie: asha.cookie, width: 390, height: 844 })
  const { page: phone } = taker
  await taker.go('/')
  await phone.getByRole('link', { name: taker.word('waiting.assigned') }).tap()
  await phone.waitForURL('**/assignments')
  // The address changes before the page does; the home that is left tells of the same order.
  await phone.locator('h1').getByText(taker.word('page.assignments'), { exact: true }).waitFor()
  const [{ number }] = (await owner.call('GET /sourcing/purchases')).body.rows as [{ number: string }]
  await phone.getByRole('link', { name: number }).waitFor()
  await taker.shot('list')
  await taker.fits('/assignments')
  await taker.isAccessible('what is given to one')
  await phone.getByRole('link', { name: number }).tap()
  await phone.waitForURL(`**${at}`)
  await phone.getByRole('button', { name: taker.word('assign.forYou'), exact: true }).tap()
  await taker.button('assign.done').waitFor()
  await taker.shot('mine')
  await taker.fits('an order that is given to one')
  await taker.button('assign.done').tap()
  await taker.button('assign.give').waitFor()
  // The other screen was not touched.
  await giver.button('assign.give').waitFor()
  await page.getByRole('tab', { name: giver.word('detail.timeline') }).click()
  await giver.says(giver.word('timeline.endedOwn'))
  await giver.says(giver.word('timeline.gave', { name: 'Asha Manager' }))
  await giver.shot('timeline')
  await taker.go('/assignments')
  await taker.says(taker.word('assignments.empty'))
  giver.isUntroubled()
  taker.isUntroubled()
})

test('by finger, in Arabic: the bell leads to a page; what is told is opened, answered and read', async () => {
  await owner.call('POST /profile', { name: 'Amina Owner', locale: 'ar', digits: 'arab' })
  const reader = await Person.at(browser, server.base, 'record-phone', {
    cookie: world.cookie,
    language: 'ar',
    width: 390,
    height: 844,
  })
  const { page } = reader
  await reader.go('/')
  await reader.page.getByRole('link', { name: reader.word('page.notices') }).waitFor()
  const called = { text: '@Amina Owner ready', mentions: [world.owner] }
  assert.equal((await asha.call(`POST /records/sourcing.purchase/${order}/notes`, called)).status, 201)
  const bell = page.getByRole('link', { name: reader.word('notices.unread_one') })
  await bell.tap()
  await page.waitForURL('**/notices')
  await reader.heading('page.notices').waitFor()
  await reader.shot('notices')
  await reader.fits('/notices')
  await reader.isAccessible('/notices')
  await page
    .getByRole('link', { name: /Asha Manager/ })
    .first()
    .tap()
  await page.waitForURL(`**${at}?tab=history`)
  await page.getByRole('img', { name: /shelf.jpg/ }).waitFor()
  await reader.field('timeline.write').fill('تمام')
  await reader.button('timeline.send').tap()
  await page.locator('p', { hasText: 'تمام' }).waitFor()
  await reader.shot('timeline')
  await reader.fits('the timeline on a phone')
  await reader.isAccessible('the timeline on a phone')
  // Everybody else who follows it is told.
  const { body } = await asha.call('GET /notices')
  assert.equal(body.rows[0].kind, 'kit.noted')
  await reader.button('follow.end').tap()
  await reader.button('follow.begin').waitFor()
  await reader.follow('/notices/settings')
  await reader.heading('page.noticeSettings').waitFor()
  const mail = page.getByRole('switch', {
    name: `${reader.word('noticeKind.kit.mentioned')}: ${reader.word('noticeChoice.mail')}`,
  })
  await mail.tap({ force: true })
  await reader.says(reader.word('common.saved'))
  await reader.shot('settings')
  await reader.fits('/notices/settings')
  await mail.and(page.locator(':checked')).waitFor({ state: 'attached' })
  reader.isUntroubled()
})
