import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'
import { countryOf } from '#kit/countries.ts'
import { aCompany } from '#test/harness.ts'
import { bring, take } from '#test/importing.ts'
import { aServer } from '#test/server.ts'

const world = await aCompany()
const server = await aServer(world.url)
const owner = server.client(world.cookie)
const KIND = 'parties.party'

const people = async () => {
  const { body } = await owner.call('GET /parties', { limit: '50' })
  const rows = await Promise.all(
    body.rows.map(async ({ id }: { id: string }) => (await owner.call(`GET /parties/${id}`)).body.row),
  )
  return (
    rows as { name: string; kind: string; phones: string[]; emails: string[]; country: string; city: string; address: string }[]
  ).toSorted((a, b) => (`${a.name}${a.emails}` < `${b.name}${b.emails}` ? -1 : 1))
}
beforeEach(() => world.database.pool.query('delete from party'))

test('[R3] a name alone identifies nobody: the second of a name is new, with a warning', async () => {
  await take(owner, KIND, 'Name,Email\nJohn,a@example.com')
  const second = await take(owner, KIND, 'Name,Email\nJohn,b@example.com')
  assert.deepEqual(
    [second.applied.counts, second.applied.warnings.map((one) => one.problem)],
    [[1, 0, 0, 0], ['parties.party.maybeDouble']],
  )
  assert.deepEqual(
    (await people()).map((one) => one.emails),
    [['a@example.com'], ['b@example.com']],
  )
  // The same name with the same address is the same one, and what the file does not mention stays.
  const third = await take(owner, KIND, 'Name,Email,City\njohn,B@example.com,Mombasa')
  assert.deepEqual(third.applied.counts, [0, 1, 0, 0])
  assert.deepEqual((await take(owner, KIND, 'Name,Email,City\njohn,B@example.com,Mombasa')).applied.counts, [0, 0, 1, 0])
  const bare = await take(owner, KIND, 'Name\nJohn')
  assert.deepEqual(bare.applied.counts, [0, 0, 1, 0], 'a row that says nothing new of John changes nothing')
  assert.deepEqual((await take(owner, KIND, 'Name,City\nJohn,Kisumu')).applied.counts, [1, 0, 0, 0])
})

test('a file of the key and one column leaves all others as they are', async () => {
  await take(owner, KIND, 'name,phones,roles,kind,city\nBaraka Ltd,0722000111,supplier,organization,Nairobi')
  const changed = await take(owner, KIND, 'name,phones,city\nBaraka Ltd,0722000111,Kisumu')
  assert.deepEqual(changed.applied.counts, [0, 1, 0, 0])
  const [one] = await people()
  assert.deepEqual(
    [one!.kind, (one as unknown as { roles: string[] }).roles, one!.city],
    ['organization', ['supplier'], 'Kisumu'],
  )
})

test('[L6] first and last names join, the company stays with the person, countries by name or code', async () => {
  const file = await take(
    owner,
    KIND,
    'First Name,Last Name,Company,Country,Country Code\nAnn,Smith,Acme,United States,US\n,,Duka Ltd,Kenya,',
  )
  assert.equal(file.mapping['name'], undefined)
  assert.deepEqual(
    (await people()).map((one) => [one.name, one.kind, one.country, one.address]),
    [
      ['Ann Smith', 'person', 'US', 'Acme'],
      ['Duka Ltd', 'organization', 'KE', null],
    ],
  )
  for (const [written, code] of [
    ['United States', 'US'],
    ['usa', 'US'],
    ['Kenia', undefined],
    ['كينيا', 'KE'],
    ['Россия', 'RU'],
    ['Marekani', 'US'],
    ['DEU', 'DE'],
    ['Côte d’Ivoire', 'CI'],
    ['United Kingdom', 'GB'],
    ['UK', 'GB'],
  ] as const)
    assert.equal(countryOf(written), code, written)
  const unknown = await (await bring(owner, KIND, 'Name,Country\nAnn,Atlantis')).check()
  assert.deepEqual(
    unknown.refusals.map((one) => one.problem),
    ['parties.party.badCountry'],
  )
})

test('[L7] vCards of versions 2.1, 3 and 4 are people', async () => {
  const cards = [
    'BEGIN:VCARD',
    'VERSION:3.0',
    'N:Owuor;Amina;;;',
    'FN:Amina Owuor',
    'ORG:Baraka\\, Sons;Sales',
    'TEL;TYPE=CELL:0722 000 111',
    'item1.EMAIL;TYPE=INTERNET,PREF:Amina@Example.com',
    'ADR;TYPE=HOME:;;Moi Avenue 5;Nairobi;;00100;Kenya',
    'NOTE:First line\\nsecond\\; line that is lo',
    ' ng',
    'PHOTO;ENCODING=b;TYPE=JPEG:AAAA',
    'END:VCARD',
    'BEGIN:VCARD',
    'VERSION:4.0',
    'FN:Ali',
    'TEL;VALUE=uri;PREF=1;TYPE="voice,home":tel:+254-733-000-222',
    'EMAIL:ali@example.com',
    'END:VCARD',
    'BEGIN:VCARD',
    'VERSION:2.1',
    'N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=D0=98=D0=B2=D0=B0=D0=BD=D0=BE=D0=B2;=D0=98=D0=',
    '=B2=D0=B0=D0=BD',
    'TEL;CELL:+254711000333',
    'END:VCARD',
  ].join('\r\n')
  const file = await take(owner, KIND, cards, { name: 'contacts.vcf' })
  assert.deepEqual(file.applied.counts, [3, 0, 0, 0], JSON.stringify(file.checked.refusals))
  const all = await people()
  assert.deepEqual(
    all.map((one) => [one.name, one.phones, one.emails, one.city, one.country]),
    [
      ['Ali', ['+254733000222'], ['ali@example.com'], null, null],
      ['Amina Owuor', ['+254722000111'], ['amina@example.com'], 'Nairobi', 'KE'],
      ['Иван Иванов', ['+254711000333'], [], null, null],
    ],
  )
  assert.equal(all[1]!.address, 'Baraka, Sons, Sales\nMoi Avenue 5\n00100')
  assert.deepEqual((await take(owner, KIND, cards, { name: 'contacts.vcf' })).applied.counts, [0, 0, 3, 0])
})
