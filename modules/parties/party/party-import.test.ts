import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'
import { sql } from 'kysely'
import { countryOf } from '#kit/countries.ts'
import { aCompany } from '#test/harness.ts'
import { bring, take } from '#test/importing.ts'
import { aServer } from '#test/server.ts'
import { likeThese } from './party-import.crud.ts'

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

test('[L6] Xero, Shopify and Odoo, and lists in Arabic, Russian and Swahili: who it is and how they are reached', async () => {
  const cases: [content: string, ...is: unknown[]][] = [
    [
      '*ContactName,EmailAddress,FirstName,LastName,POAddressLine1,POCity,POCountry,PhoneNumber,MobileNumber,TaxNumber\nCity Agency,info@city.example,Amy,Stone,PO Box 1,Nairobi,Kenya,020 2345678,0722 111 222,P051234567X',
      'City Agency',
      ['+254202345678', '+254722111222'],
      ['info@city.example'],
      'PO Box 1',
      'Nairobi',
      'KE',
    ],
    [
      "First Name,Last Name,Email,Default Address Company,Default Address Address1,Default Address City,Default Address Country Code,Default Address Phone,Phone\nAmina,Otieno,a@x.example,Baraka,1 Road,Nairobi,KE,'+254712345678,'+254712345678",
      'Amina Otieno',
      ['+254712345678'],
      ['a@x.example'],
      'Baraka\n1 Road',
      'Nairobi',
      'KE',
    ],
    ['Name*,Company Type*,Phone,Mobile\nAcme,Company,n/a,0722000111', 'Acme', ['+254722000111'], [], null, null, null],
    [
      'اسم العميل,الجوال,العنوان,البريد الإلكتروني,المدينة\nأحمد,٠٧٢٢٠٠٠١١١,شارع النيل,a@x.example,نيروبي',
      'أحمد',
      ['+254722000111'],
      ['a@x.example'],
      'شارع النيل',
      'نيروبي',
      null,
    ],
    [
      'Контрагент;ИНН;Телефон;Адрес;Комментарий\nРомашка;;+7 495 123-45-67;Москва;опт',
      'Ромашка',
      ['+74951234567'],
      [],
      'Москва',
      null,
      null,
    ],
    [
      'Jina,Simu,Barua pepe,Mji\nJuma,0722000111,j@x.example,Mombasa',
      'Juma',
      ['+254722000111'],
      ['j@x.example'],
      null,
      'Mombasa',
      null,
    ],
  ]
  for (const [content, ...is] of cases) {
    const file = await take(owner, KIND, content)
    assert.deepEqual(file.checked.refusals, [], content)
    const [one] = await people()
    assert.deepEqual([one!.name, one!.phones, one!.emails, one!.address, one!.city, one!.country], is, content)
    assert.equal(one!.kind, /Acme/.test(content) ? 'organization' : 'person')
    assert.deepEqual((await take(owner, KIND, content)).applied.counts, [0, 0, 1, 0])
    await file.undo()
  }
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
    ['U.K.', 'GB'],
    ['U.S.A.', 'US'],
    ['U. S. A.', 'US'],
    ['The Gambia', 'GM'],
    ['Congo, The Democratic Republic of the', 'CD'],
    ['Tanzania, United Republic of', 'TZ'],
    ['Korea, Republic of', 'KR'],
    ['Kenya, Uganda', undefined],
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

test('[F11] a telephone number that a spreadsheet has spoilt is refused, and never another number', async () => {
  const spoilt = ['254712345678.0', '254712345678.00', '2.54712E+11', '2.54712e11', '"254712345678,0"', '#N/A', '0']
  const file = await bring(
    owner,
    KIND,
    `Name,Phone\n${spoilt.map((phone, at) => `P${at},${phone}`).join('\n')}\nFine,0712.345.678`,
  )
  const checked = await file.check()
  assert.deepEqual(checked.counts, [1, 0, 0, spoilt.length])
  assert.deepEqual([...new Set(checked.refusals.map((one) => one.problem))].toSorted(), [
    'import.cellError',
    'parties.party.badPhone',
    'parties.phone.spoilt',
  ])
  assert.equal(checked.refusals.filter((one) => one.problem === 'parties.phone.spoilt').length, 4)
  await file.apply()
  assert.deepEqual(
    (await people()).map((one) => one.phones),
    [['+254712345678']],
  )
})

test('what a rule says of a field is told of that field', async () => {
  const { refusals } = await (await bring(owner, KIND, 'Name,Country,Tax ID\nAcme,KE,12')).check()
  assert.deepEqual(
    refusals.map((one) => [one.rowNumber, one.field, one.problem, typeof one.params['n']]),
    [[2, 'taxNumber', 'taxNumber', 'string']],
  )
})

test('contacts of Google and Outlook: every number is kept, companies are organizations, work goes before home', async () => {
  const google = `First Name,Middle Name,Last Name,Name Prefix,Organization Name,Notes,E-mail 1 - Label,E-mail 1 - Value,E-mail 2 - Value,Phone 1 - Label,Phone 1 - Value,Phone 2 - Value,Address 1 - Formatted,Address 1 - Street,Address 1 - City,Address 1 - Country
Asha,N.,Mwangi,Dr,Baraka Ltd,Likes tea,* Home,asha@example.com ::: a2@example.com,w@example.com,Mobile,+254 712 345678 ::: +254 733 111222,020 1234567,"12 Moi Ave
Nairobi",12 Moi Ave,Nairobi,Kenya
,,,,Acme Ltd,,*,info@acme.com,,,,,,,,`
  const file = await take(owner, KIND, google)
  assert.deepEqual(file.checked.refusals, [])
  const told = async () =>
    (await people()).map((one) => [one.name, one.kind, one.phones, one.emails, one.address, one.city, one.country])
  assert.deepEqual(await told(), [
    ['Acme Ltd', 'organization', [], ['info@acme.com'], null, null, null],
    [
      'Asha N. Mwangi',
      'person',
      ['+254712345678', '+254733111222', '+254201234567'],
      ['asha@example.com', 'a2@example.com', 'w@example.com'],
      'Baraka Ltd\n12 Moi Ave',
      'Nairobi',
      'KE',
    ],
  ])
  assert.deepEqual((await take(owner, KIND, google)).applied.counts, [0, 0, 2, 0])
  await world.database.pool.query('delete from party')
  const outlook = `"Title","First Name","Middle Name","Last Name","Company","Business Street","Business City","Business Country/Region","Home Street","Home City","Home Country/Region","Business Fax","Business Phone","Home Phone","Mobile Phone","E-mail Address","E-mail 2 Address"
"Mr","Ali","","Hassan","Gulf Co","Road 1","Dubai","United Arab Emirates","Road 9","Sharjah","","+971 4 999 9999","+971 4 223 4567","","+971501234567","ali@example.com","a@example.com"
"","Mary","","Wu","","","","","5 Low St","Mombasa","Kenya","","","0722 000 111","","",""`
  assert.deepEqual((await take(owner, KIND, outlook)).checked.refusals, [])
  assert.deepEqual(await told(), [
    [
      'Ali Hassan',
      'person',
      ['+971501234567', '+97142234567'],
      ['ali@example.com', 'a@example.com'],
      'Gulf Co\nRoad 1',
      'Dubai',
      'AE',
    ],
    ['Mary Wu', 'person', ['+254722000111'], [], '5 Low St', 'Mombasa', 'KE'],
  ])
})

test('00 begins an international number; two numbers in a cell are two; an extension is refused and not lost', async () => {
  const file = await take(
    owner,
    KIND,
    'Name,Phone\nA,00254712345678\nB,00971501234567\nC,0712 345 678 / 0733 111 222\nD,0712345678 ext 5\nE,0712345678x5',
  )
  assert.deepEqual(
    file.checked.refusals.map((one) => [one.rowNumber, one.problem, one.params['number'], one.params['extension']]).toSorted(),
    [
      [5, 'parties.phone.extension', '+254712345678', '5'],
      [6, 'parties.phone.extension', '+254712345678', '5'],
    ],
  )
  assert.deepEqual(
    (await people()).map((one) => one.phones),
    [['+254712345678'], ['+971501234567'], ['+254712345678', '+254733111222']],
  )
})

test('a card of a company alone is an organization', async () => {
  const card = 'BEGIN:VCARD\r\nVERSION:3.0\r\nN:;;;;\r\nFN:Acme Ltd\r\nORG:Acme Ltd;\r\nTEL:+254712345678\r\nEND:VCARD\r\n'
  await take(owner, KIND, card, { name: 'a.vcf' })
  assert.deepEqual(
    (await people()).map((one) => [one.name, one.kind, one.address]),
    [['Acme Ltd', 'organization', null]],
  )
})

test('[R3] people of one file are judged together as they are one by one: a row may mean one above it', async () => {
  const content = [
    'Name,Phone,Email,City',
    'Nia,0722000141,,Nairobi',
    'Nia,0722000141,nia@x.example,Mombasa',
    'NIA,,nia@x.example,Kisumu',
    'Nia,0722000142,,',
    'Omar,0722000141,,',
    'Pendo,,,Thika',
    'Pendo,,,',
    'Pendo,0712,,',
    'Nia,0722000141,,Nairobi',
  ].join('\n')
  const { checked } = await take(owner, KIND, content)
  assert.deepEqual(
    [
      checked.counts,
      checked.warnings.map((one) => [one.rowNumber, one.problem]),
      checked.refusals.map((one) => [one.rowNumber, one.problem]),
    ],
    [
      [4, 2, 0, 3],
      [[5, 'parties.party.maybeDouble']],
      [
        [8, 'import.twice'],
        [9, 'parties.party.badPhone'],
        [10, 'import.twice'],
      ],
    ],
  )
  const { rows } = await world.database.pool.query(
    `select name, city from party where name in ('NIA', 'Nia', 'Omar', 'Pendo') order by id`,
  )
  assert.deepEqual(rows.map(Object.values), [
    ['NIA', 'Kisumu'],
    ['Nia', null],
    ['Omar', null],
    ['Pendo', 'Thika'],
  ])
})

test('the total below a list of people, accounts or taxes is none of them', async () => {
  const refused = async (kind: string, content: string) =>
    (await (await bring(owner, kind, content)).check()).refusals.map((one) => [one.rowNumber, one.field, one.problem])
  for (const name of ['Total', 'Grand total: 25', 'Итого', 'Итого по складу', 'المجموع', 'الاجمالي', 'Jumla', 'Totals (2)'])
    assert.deepEqual(await refused(KIND, `Name,Phone\nAnn,+254711000001\n${name},`), [[3, null, 'import.total']], name)
  assert.deepEqual(await refused('catalog.taxClass', 'Code,Name\nodd,Odd\n,Total'), [[3, null, 'import.total']])
  assert.deepEqual(await refused('ledger.account', 'Code,Name\n,Total'), [[2, null, 'import.total']])
  // Whoever is called so and can be reached is somebody; a list of prices may be called wholesale.
  assert.deepEqual((await take(owner, KIND, 'Name,Phone\nTotal,+254711000002\nTotal Energies,')).applied.counts, [2, 0, 0, 0])
  assert.deepEqual((await take(owner, 'catalog.priceList', 'Name\nJumla')).applied.counts, [1, 0, 0, 0])
})

test('whom a row of a file means is found by indexes, however many people there are', async () => {
  const said = { names: ['Person 7', 'Person 8'], phones: ['a'], emails: ['b'] }
  const plan = await world.database.db.transaction().execute(async (db) => {
    // A table of a few rows is read whole, if it can be done otherwise or not.
    await sql`set local enable_seqscan = off`.execute(db)
    const { rows } = await sql<{ 'QUERY PLAN': string }>`explain ${likeThese(said)}`.execute(db)
    return rows.map((row) => row['QUERY PLAN']).join('\n')
  })
  assert.match(plan, /Bitmap Index Scan on party_named/)
  assert.doesNotMatch(plan, /Seq Scan/)
})

test('a list of suppliers brings suppliers, by its headings or by the type of each; whoever buys as well does both', async () => {
  const roles = async () =>
    (await people()).map((one) => [one.name, (one as unknown as { roles: string[] }).roles.join()].join(': ')).join('; ')
  for (const [content, is] of [
    ['Supplier,Phone,Email\nBidco,0722000111,s@b.example', 'Bidco: supplier'],
    ['Supplier Name,Contact Name,Phone\nBidco,Ann,0722000111', 'Bidco: supplier'],
    ['Name,Supplier Phone\nBidco,0722000111', 'Bidco: supplier'],
    ['Vendor,Company,Phone,Email,1099 Tracking\nBidco,Bidco Ltd,0722000111,,No', 'Bidco: supplier'],
    ['اسم المورد;رقم الهاتف\nبيدكو;0722000111', 'بيدكو: supplier'],
    ['Поставщик;Телефон\nРомашка;0722000111', 'Ромашка: supplier'],
    ['Msambazaji,Simu\nBidco,0722000111', 'Bidco: supplier'],
    ['اسم العميل,الجوال\nأحمد,0722000111', 'أحمد: customer'],
    ['Name,Phone\nAnn,0722000111', 'Ann: customer'],
    ['Customer/Supplier,Phone\nAnn,0722000111', 'Ann: customer,supplier'],
    [
      'Name,Phone,Type\nA,0722000111,Supplier\nB,0722000112,Customer & Supplier\nC,0722000113,Vendor\nD,0722000114,',
      'A: supplier; B: customer,supplier; C: supplier; D: customer',
    ],
    [
      'Name,Phone,Roles\nA,0722000111,Vendor\nB,0722000112,"Clients, Suppliers"\nC,0722000113,Customer & Vendor',
      'A: supplier; B: customer,supplier; C: customer,supplier',
    ],
  ] as const) {
    const file = await take(owner, KIND, content)
    assert.deepEqual([file.checked.refusals, await roles()], [[], is], content)
    const again = await take(owner, KIND, content)
    assert.deepEqual([again.applied.new, again.applied.changed], [0, 0], content)
    await world.database.pool.query('delete from party')
  }
  await take(owner, KIND, 'Name,Phone\nBaraka,0722000111')
  assert.deepEqual((await take(owner, KIND, 'Supplier,Phone\nBaraka,0722000111')).applied.counts, [0, 1, 0, 0])
  assert.equal(await roles(), 'Baraka: customer,supplier')
  assert.deepEqual((await take(owner, KIND, 'Vendor,Phone\nBaraka,0722000111')).applied.counts, [0, 0, 1, 0])
  const unknown = await (await bring(owner, KIND, 'Name,Phone,Type\nAnn,0722000112,Zorro')).check()
  assert.deepEqual(
    unknown.refusals.map(({ rowNumber, problem, params }) => [rowNumber, problem, params['type']]),
    [[2, 'parties.party.badType', 'Zorro']],
  )
})

test('what a word of a type means is asked once for the whole file, and remembered for the next one', async () => {
  const content =
    'Name,Phone,Type\nAnn,0722000131,Zorro\nBen,0722000132,zorro\nCay,0722000133,Depot\nDan,0722000134,Old\nEve,0722000135,Client'
  const file = await bring(owner, KIND, content)
  const asked = await file.check()
  assert.deepEqual(
    [asked.counts, asked.asks.map(({ option, said, answers }) => [option, said, answers?.length])],
    [
      [1, 0, 0, 4],
      [
        ['word.type.zorro', 'Zorro', 5],
        ['word.type.depot', 'Depot', 5],
        ['word.type.old', 'Old', 5],
      ],
    ],
  )
  const options = { 'word.type.zorro': 'roles.supplier', 'word.type.depot': 'kind.organization', 'word.type.old': '-' }
  assert.deepEqual((await file.check(options)).counts, [5, 0, 0, 0])
  await file.apply()
  const seen = async () =>
    (
      await world.database.pool.query(
        `select name, kind, roles from party where name in ('Ann', 'Ben', 'Cay', 'Dan', 'Eve') order by name`,
      )
    ).rows.map(Object.values)
  assert.deepEqual(await seen(), [
    ['Ann', 'person', ['supplier']],
    ['Ben', 'person', ['supplier']],
    ['Cay', 'organization', ['customer']],
    ['Dan', 'person', ['customer']],
    ['Eve', 'person', ['customer']],
  ])
  const { rows } = await world.database.pool.query('select options from import_mapping where kind = $1', [KIND])
  assert.ok(rows.some((row) => row.options['word.type.depot'] === 'kind.organization'))
  // An answer that is none of those offered is none.
  assert.deepEqual(
    (await (await bring(owner, KIND, content)).check({ ...options, 'word.type.zorro': 'roles.owner' })).counts,
    [0, 0, 3, 2],
  )
  // A choice of the records themselves is asked for alike, and so are the words of a list of them.
  const others = await bring(owner, KIND, 'Name,Phone,Kind,Roles\nFay,0722000136,GmbH,Lieferant')
  assert.deepEqual(
    (await others.check()).asks.map(({ option }) => option),
    ['word.kind.gmbh', 'word.roles.lieferant'],
  )
  const chosen = { 'word.kind.gmbh': 'kind.organization', 'word.roles.lieferant': 'roles.supplier' }
  assert.deepEqual((await others.check(chosen)).counts, [1, 0, 0, 0])
})

test('WooCommerce, Square, ERPNext, Zoho and Sage: every contact column is known', async () => {
  for (const [content, ...is] of [
    [
      'user_email,first_name,last_name,billing_company,billing_address_1,billing_address_2,billing_city,billing_country,billing_phone\nw@x.example,Ann,Woo,Acme,Moi Avenue,Flat 2,Nairobi,KE,0722000111',
      'Ann Woo',
      ['+254722000111'],
      ['w@x.example'],
      'Acme\nMoi Avenue\nFlat 2',
      'Nairobi',
      'KE',
      null,
    ],
    [
      'First Name,Last Name,Email Address,Phone Number,Street Address 1,Street Address 2,City,Memo\nAnn,Sq,s@x.example,0722000111,Moi Avenue,Flat 2,Nairobi,Likes tea',
      'Ann Sq',
      ['+254722000111'],
      ['s@x.example'],
      'Moi Avenue\nFlat 2',
      'Nairobi',
      null,
      null,
    ],
    [
      'Customer Name,Mobile No,Email Id,Tax ID\nAnn Erp,0722000111,e@x.example,P051234567X',
      'Ann Erp',
      ['+254722000111'],
      ['e@x.example'],
      null,
      null,
      null,
      'P051234567X',
    ],
    [
      'Display Name,EmailID,MobilePhone,Billing Address,Billing Street2,Billing City,Billing Country\nAnn Zo,z@x.example,0722000111,Moi Avenue,Flat 2,Nairobi,Kenya',
      'Ann Zo',
      ['+254722000111'],
      ['z@x.example'],
      'Moi Avenue\nFlat 2',
      'Nairobi',
      'KE',
      null,
    ],
    [
      'Company Name,Telephone,Address Line 1,Town,VAT Reg No\nSage Ltd,0722000111,Moi Avenue,Nakuru,P051234567X',
      'Sage Ltd',
      ['+254722000111'],
      [],
      'Moi Avenue',
      'Nakuru',
      null,
      'P051234567X',
    ],
    [
      'Name,Supplier Phone,Supplier Email\nBidco,0722000111,b@x.example',
      'Bidco',
      ['+254722000111'],
      ['b@x.example'],
      null,
      null,
      null,
      null,
    ],
  ] as const) {
    const file = await take(owner, KIND, content)
    assert.deepEqual([file.checked.refusals, file.checked.unused], [[], []], content)
    const [one] = (await people()) as unknown as Record<string, unknown>[]
    assert.deepEqual(
      ['name', 'phones', 'emails', 'address', 'city', 'country', 'taxNumber'].map((field) => one![field]),
      is,
      content,
    )
    await world.database.pool.query('delete from party')
  }
})

test('companies are organizations, however their file says so', async () => {
  const kinds = async () => (await people()).map((one) => `${one.name}: ${one.kind}`).join('; ')
  const both = 'Acme: organization; Jim: person'
  for (const [content, is, name] of [
    ['Name,Phone,Is a Company\nAcme,0722000111,True\nJim,0722000112,False', both],
    ['Name,Phone,is_company\nAcme,0722000111,1\nJim,0722000112,0', both],
    ['Customer Name,Mobile No,Customer Type\nAcme,0722000111,Company\nJim,0722000112,Individual', both],
    ['Supplier Name,Phone,Supplier Type\nAcme,0722000111,Company\nJim,0722000112,Individual', both],
    ['Name,Phone,Kind\nAcme,0722000111,Organisation\nJim,0722000112,', both],
    ['الاسم,الهاتف,النوع\nAcme,0722000111,شركة\nJim,0722000112,فرد', both],
    [
      'BEGIN:VCARD\nVERSION:4.0\nKIND:org\nFN:Acme\nEND:VCARD\nBEGIN:VCARD\nVERSION:4.0\nKIND:individual\nFN:Jim\nEND:VCARD\n',
      both,
      'a.vcf',
    ],
    [
      'BEGIN:VCARD\nVERSION:3.0\nFN:Acme\nX-ABShowAs:COMPANY\nEND:VCARD\nBEGIN:VCARD\nVERSION:3.0\nFN:Jim\nEND:VCARD\n',
      both,
      'a.vcf',
    ],
  ] as const) {
    const file = await take(owner, KIND, content, name && { name })
    assert.deepEqual([file.checked.refusals, await kinds()], [[], is], content)
    await world.database.pool.query('delete from party')
  }
  const unknown = async (content: string) =>
    (await (await bring(owner, KIND, content)).check()).refusals.map((one) => one.problem)
  assert.deepEqual(await unknown('Name,Is a Company\nAcme,perhaps'), ['invalid_value'])
})

test('a telephone number with digits missing is none', async () => {
  const short = ['0722123', '0722 1 2 3', '12345', '999', '0411222', '722123', '+2540722123']
  const file = await bring(owner, KIND, `Name,Phone\n${short.map((phone, at) => `P${at},${phone}`).join('\n')}`)
  const { counts, refusals } = await file.check()
  assert.deepEqual(
    [counts, new Set(refusals.map((one) => one.problem))],
    [[0, 0, 0, short.length], new Set(['parties.party.badPhone'])],
  )
  // A nought that belongs to the number stays.
  await take(owner, KIND, 'Name,Phone\nA,+39 06 1234 5678\nB,+225 07 07 12 34 56\nC,+254 0722 000 111\nD,(0722)000111')
  assert.deepEqual(
    (await people()).map((one) => one.phones[0]),
    ['+390612345678', '+2250707123456', '+254722000111', '+254722000111'],
  )
})

test('a dash or n/a says that there is none, and an address is one with a name around it', async () => {
  const content = `Name,Phone,Email,City,Country,Tax ID
A,-,-,-,-,-
B,0722000111,n/a,N/A,n/a,none
C,0722000112,Amy Stone <Amy@x.example>,--,—,--
D,0722000113,"""Stone, Amy"" <amy@y.example>; mailto:amy@z.example",,Kenya,
Null,0722000114,,,,`
  const file = await take(owner, KIND, content)
  assert.deepEqual(file.checked.refusals, [])
  assert.deepEqual(
    (await people()).map((one) => [one.name, one.phones, one.emails, one.city, one.country]),
    [
      ['A', [], [], null, null],
      ['B', ['+254722000111'], [], null, null],
      ['C', ['+254722000112'], ['amy@x.example'], null, null],
      ['D', ['+254722000113'], ['amy@y.example', 'amy@z.example'], null, 'KE'],
      ['Null', ['+254722000114'], [], null, null],
    ],
  )
  assert.deepEqual((await bring(owner, KIND, 'Name,Phone\n-,0722000115').then((one) => one.check())).counts, [0, 0, 0, 1])
  // So it does in every list.
  const { applied } = await take(owner, 'catalog.category', 'Name,Parent\nDrinks,-\nTea,n/a')
  assert.deepEqual(applied.counts, [2, 0, 0, 0])
})
