import assert from 'node:assert/strict'
import { Readable } from 'node:stream'
import { test } from 'node:test'
import { deflateRawSync } from 'node:zlib'
import iconv from 'iconv-lite'
import writeXlsxFile from 'write-excel-file/node'
import { readTable, tableLimits, TableProblem } from './read.ts'
import { unneutralise } from './neutral.ts'
import { zipped } from './zip.ts'

async function read(content: string | Buffer, encoding?: 'win1256') {
  const table = await readTable(Buffer.from(content as string), { name: 'x', encoding })
  const rows: [number, string[]][] = []
  for await (const { number, cells } of table.rows) rows.push([number, cells])
  return { header: table.header, rows, encoding: table.encoding }
}
const refusal = async (content: Buffer) => {
  try {
    await read(content)
  } catch (error) {
    return error instanceof TableProblem ? error.code : error
  }
  return 'read'
}

test('[F1] Arabic, Russian and Western letters of eight bits are told apart, UTF-8 and UTF-16 as well', async () => {
  for (const [encoding, text] of [
    ['win1256', 'Title,SKU\nشاي أخضر,T1\nقهوة عربية,T2'],
    ['win1256', 'الاسم,السعر\nشاي,5\nسكر أبيض,7\nأرز بسمتي,9\nزيت زيتون,12'],
    ['win1251', 'Title,SKU\nЧай зелёный,T1\nКофе молотый,T2'],
    ['win1251', 'Название;Цена\nХлеб ржаной;5\nМолоко;7'],
    ['macroman', 'SKU;Name;Price\r0001;Crème brûlée;4,50\r0002;Café Noël;3,20'],
    ['macroman', 'Name,Price\nMüller’s Käse,5\nJalapeño,3'],
    ['win1252', 'Name,Price\nMüller’s Käse – 1 kg,5\n“Café” l’été …,3\nŽito š,1'],
    ['koi8r', 'Name,SKU\nЧай чёрный байховый,T1\nХлеб ржаной,T2\nМолоко пастеризованное,T3'],
    ['koi8r', 'Название;Цена\nХлеб ржаной;5\nМолоко;7'],
    ['koi8r', 'SKU,Name\nT1,чай чёрный\nT2,МОЛОКО\nT3,хлеб ржаной\nT4,масло сливочное'],
    ['win1251', 'SKU,Name\nT1,чай чёрный\nT2,МОЛОКО\nT3,хлеб ржаной\nT4,масло сливочное'],
    ['iso88596', 'Name,SKU\nشاي أخضر ممتاز,T1\nخبز عربي طازج,T2\nحليب كامل الدسم,T3'],
    ['iso88596', 'الاسم,السعر\nشاي,5\nسكر أبيض,7\nأرز بسمتي,9\nزيت زيتون,12'],
    ['win1256', 'Name,SKU\nشاي أخضر ممتاز,T1\nخبز عربي طازج,T2\nحليب كامل الدسم,T3'],
    ['win1252', 'Title,SKU\nCafé Crème Noël,T1\nMüsli,T2\nPão de queijo,T3'],
    // What DOS, old Unix and the Mac wrote, and programs that still do.
    ['cp866', 'Наименование;Цена\nХлеб ржаной;5\nЩётка;7\nСОЛЬ ПОВАРЕННАЯ;3'],
    ['cp866', 'Name,SKU\nГайка М8,T1\nшайба плоская,T2'],
    ['maccyrillic', 'Название;Цена\nХлеб ржаной;5\nЯйцо;7\nМОЛОКО;3'],
    ['maccyrillic', 'Name,City\nИван Петров,Алматы\nАйгуль Серикова,Шымкент'],
    ['iso88595', 'Артикул;Наименование\nA1;Гайка М8\nA2;Шайба плоская'],
    ['win1251', 'Назва;Ціна\nХліб житній;5\nЇжак;7\nМолоко;3'],
    ['koi8u', 'Назва;Ціна\nХліб житній;5\nЇжак;7\nМолоко;3'],
    ['win1251', 'Артикул;Наименование;Цена, руб.\nA1;Гайка М8 «Премиум» №5;12,50\nA2;ШАЙБА – 10 шт.;3'],
    ['cp720', 'Name,City\nأحمد محمد,القاهرة\nفاطمة علي,دبي'],
    ['win1256', 'Name,City\nأحمد محمد,القاهرة\nفاطمة علي,دبي'],
    ['cp850', 'SKU;Name\n1;Crème brûlée\n2;Müsli\n3;Jalapeño'],
    ['cp850', 'Name,Price\nKäse,5\nGröße,3'],
    ['win1250', 'Nazwa;Cena\nŻółty ser;5\nChleb żytni;3\nŚmietana 18%;4'],
    ['iso88592', 'Nazwa;Cena\nŻółty ser;5\nJabłka świeże;3\nŚmietana 18%;4'],
    ['cp852', 'Nazwa;Cena\nŻółty ser;5\nChleb żytni;3\nŚmietana 18%;4'],
    ['win1252', 'Name,Unit\nTile – grey,m²\nSand,m³\nPipe ½",m'],
    ['win1252', 'Name\nNº 5 Piña\nÉCLAIR CAFÉ\nSmørrebrød'],
    ['utf8', 'Title,SKU\nشاي,T1\nЧай,T2\nCafé,T3'],
    ['utf16le', 'Title,SKU\nشاي,T1\nTea,T2'],
  ] as const) {
    const table = await read(iconv.encode(text, encoding, { addBOM: encoding === 'utf16le' }))
    assert.equal(table.encoding, encoding, text)
    assert.equal(
      [table.header, ...table.rows.map(([, cells]) => cells)].map((row) => row.join(text.includes(';') ? ';' : ',')).join('\n'),
      text.replaceAll('\r', '\n'),
    )
  }
  // Where a few letters could be others as well, a person is asked.
  const unsure = async (text: string, encoding: string) =>
    (await readTable(iconv.encode(text, encoding), { name: 'x' })).isUnsure ?? false
  assert.deepEqual(
    [
      await unsure('Name\nЯ', 'win1251'),
      await unsure('Name\nMasło', 'cp852'),
      await unsure('Название;Цена\nХлеб ржаной;5\nЯйцо;7', 'win1251'),
      await unsure('Name\nCafé', 'win1252'),
      await unsure('Name,Price\nTea – green,5', 'win1252'),
      await unsure('Name\nTea', 'utf8'),
    ],
    [true, true, false, false, false, false],
  )
  // UTF-16 without a mark, in any letters.
  for (const encoding of ['utf16le', 'utf16be'] as const)
    for (const text of ['Название,Цена\nЧай чёрный байховый,5', 'الاسم,السعر\nشاي أخضر ممتاز,5', 'Name,Price\nTea,5']) {
      const table = await read(iconv.encode(text, encoding))
      assert.deepEqual([table.encoding, table.header.join(',')], [encoding, text.split('\n')[0]])
    }
  assert.equal(await refusal(Buffer.from('Name,Price\nTea\0,5')), 'nul')
  // Whoever knows better says so.
  assert.deepEqual((await read(iconv.encode('Title\nÀÀ', 'win1252'), 'win1256')).encoding, 'win1256')
})

test('[F2] [F3] [F4] quotation marks with spaces around them, sep=, title lines, rows of spaces', async () => {
  assert.deepEqual((await read('a,b,c\n"Rope" ,"blue, strong" ,99')).rows, [[2, ['Rope', 'blue, strong', '99']]])
  const told = await read('sep=;\nTitle;Price\nRope, blue;9')
  assert.deepEqual([told.header, told.rows], [['Title', 'Price'], [[3, ['Rope, blue', '9']]]])
  const titled = await read('Price list\n\nTitle,SKU,Price\nRope,R1,9\n , ,\nTea,T1,5')
  assert.deepEqual(titled.header, ['Title', 'SKU', 'Price'])
  assert.deepEqual(
    titled.rows.map(([, cells]) => cells[0]),
    ['Rope', 'Tea'],
  )
  // A single column has headings as well.
  assert.deepEqual((await read('Name\nAnn\nBen')).rows.length, 2)
})

test('a quotation mark that is written with a backslash is one inside its cell', async () => {
  const rows = async (content: string | Readable) => {
    const table = await readTable(typeof content === 'string' ? Buffer.from(content) : content, { name: 'x' })
    return (await Array.fromAsync(table.rows)).map(({ cells }) => cells)
  }
  const lines = [
    String.raw`"Screen 24\" wide","5"`,
    String.raw`"He said \"hi\"","6"`,
    String.raw`"Rope 3""","7"`,
    String.raw`"C:\Lists\","8"`,
    String.raw`Pipe 5\" round,9`,
    String.raw`"\"Best\" tea","1"`,
  ]
  const told = [
    ['Screen 24" wide', '5'],
    ['He said "hi"', '6'],
    ['Rope 3"', '7'],
    ['C:\\Lists\\', '8'],
    [String.raw`Pipe 5\" round`, '9'],
    ['"Best" tea', '1'],
  ]
  assert.deepEqual(await rows(`Name,Price\n${lines.join('\n')}\n`), told)
  // Wherever a portion of the file ends.
  const long = `Name,Price\n${`${lines.join('\n')}\n`.repeat(4000)}`
  for (const size of [1013, 65_521]) {
    const parts = Array.from({ length: Math.ceil(long.length / size) }, (_, at) =>
      Buffer.from(long.slice(at * size, (at + 1) * size)),
    )
    const all = await rows(Readable.from(parts))
    assert.deepEqual([all.length, all.slice(-6)], [24_000, told])
    assert.ok(all.every((cells, at) => cells.join() === told[at % 6]!.join()))
  }
})

test('[F15] the delimiter is the one by which the rows have as many cells as the headings; a sentence above is no heading', async () => {
  const cases: [string, string[], number][] = [
    ['Title;Price;Cost\nBrot, dunkel;1,50;0,80\nMilch, 1 l;1,20;0,70\nKäse, jung;3,90;2,10', ['Title', 'Price', 'Cost'], 3],
    // A row that is shorter, and a title in which more commas stand than there are columns.
    ['Title;Price;Cost\nBrot, dunkel;1,50;0,80\nMilch, 1 l, frisch;1,20', ['Title', 'Price', 'Cost'], 2],
    ['Prices, valid from May, all in KES, incl. tax\nTitle;Price\nBread;1,50\nTea;5', ['Title', 'Price'], 2],
    ['Prices, valid from May, all in KES, incl. tax\nTitle,Price\nBread,5\nTea,6', ['Title', 'Price'], 2],
    ['"Title";"Price"\n"Brot, dunkel, lang";"1,50"\n"Milch";"1,20"', ['Title', 'Price'], 2],
    ['"Title";"Price, EUR"\n"Brot, dunkel";"1,50"', ['Title', 'Price, EUR'], 1],
    ['Title;Price, EUR\nBrot;1,50\nMilch;1,20', ['Title', 'Price, EUR'], 2],
    ['Name,Note; more\nTea,a; b', ['Name', 'Note; more'], 1],
    ['Title\tPrice\nBrot, dunkel\t1,50\nMilch; frisch\t1,20', ['Title', 'Price'], 2],
    // What stands inside cells is none, however regular it is; nor are commas that people set with a space.
    ['Title,SKU,Price,Tags\nTea, hot,T,5,a|b\nMate, hot,M,6,c|d\nRope, long,R,7,e|f', ['Title', 'SKU', 'Price', 'Tags'], 3],
    ['Title, SKU, Price\nTea,T,5\nMate,M,6', ['Title', 'SKU', 'Price'], 2],
    ['Title, SKU, Price\nTea,T,5,50\nMate,M,6,50', ['Title', 'SKU', 'Price'], 2],
    ['Title,Size,SKU\nPipe,5" round,P5\nTube,3" round,T3', ['Title', 'Size', 'SKU'], 2],
    ['Title;Note\nRope;"two\nlines, long"\nTea;', ['Title', 'Note'], 2],
    [`Title;Note\n${'x'.repeat(70_000)};"a, b\nc"`, ['Title', 'Note'], 1],
  ]
  for (const [text, header, rows] of cases) {
    const table = await read(text)
    assert.deepEqual([table.header, table.rows.length], [header, rows], text.slice(0, 80))
  }
})

test('[F21] a damaged letter makes no other file of it; letters of eight bits stay what they are', async () => {
  const bad = (text: string) =>
    Buffer.concat(text.split('#').flatMap((part, at) => (at ? [Buffer.from([0xff]), Buffer.from(part)] : [Buffer.from(part)])))
  assert.equal((await read(bad('Title,SKU\nشاي أخضر,J1\nBad#,J3'))).encoding, 'utf8')
  assert.equal((await read(bad('Title,SKU\nCafé,J1\nBad#,J3'))).encoding, 'utf8')
  assert.equal((await read(bad('Title,SKU\nCafe,J1\nBad#,J3'))).encoding, 'win1252')
})

test('of two columns with one heading the second has a name of its own', async () => {
  assert.deepEqual((await read('SKU,Price,Price,,Price\nA,5,6,7,8')).header, ['SKU', 'Price', '(2) Price', '', '(3) Price'])
})

test('what stands above groups of columns tells alike headings apart', async () => {
  const heads = async (content: string) => (await read(content)).header
  assert.deepEqual(await heads(',,Cost,,Retail,\nName,SKU,Price,VAT,Price,VAT\nTea,T1,3,1,5,1'), [
    'Name',
    'SKU',
    'Price (Cost)',
    'VAT (Cost)',
    'Price (Retail)',
    'VAT (Retail)',
  ])
  // A title with one cell, or headings that differ, are what they are; a blank one is called as it is above.
  assert.deepEqual(await heads('Our prices,,\nName,Price,Price\nTea,3,5'), ['Name', 'Price', '(2) Price'])
  assert.deepEqual(await heads('Name,,Money,\n,SKU,Price,Cost\nTea,T1,5,3'), ['Name', 'SKU', 'Price', 'Cost'])
})

test('headings of two lines are one: groups above their parts, and units below their columns', async () => {
  const cases: [content: string, header: string, first: [number, string[]]][] = [
    [
      'Item,Code,Price,,Stock\n,,Retail,Wholesale,\nTea,T1,5,4,9',
      'Item|Code|Price (Retail)|Price (Wholesale)|Stock',
      [3, ['Tea', 'T1', '5', '4', '9']],
    ],
    ['Item,Code,Price,\n,,Cost,Retail\nTea,T1,3,5', 'Item|Code|Price (Cost)|Price (Retail)', [3, ['Tea', 'T1', '3', '5']]],
    ['Item,Code,Price\n,,Cost,Retail\nTea,T1,3,5', 'Item|Code|Price (Cost)|Price (Retail)', [3, ['Tea', 'T1', '3', '5']]],
    [
      'الصنف,الكود,السعر,,الرصيد\n,,جملة,قطاعي,\nشاي,T1,4,5,9',
      'الصنف|الكود|السعر (جملة)|السعر (قطاعي)|الرصيد',
      [3, ['شاي', 'T1', '4', '5', '9']],
    ],
    ['Item,Code,Weight,Price\n,,kg,KES\nTea,T1,0.5,5', 'Item|Code|Weight (kg)|Price (KES)', [3, ['Tea', 'T1', '0.5', '5']]],
    // What is a row stays one.
    ['Item,Code,Price,,Stock\nTea,T1,5,,9', 'Item|Code|Price||Stock', [2, ['Tea', 'T1', '5', '', '9']]],
    ['Item,Code,Unit\nTea,T1,kg', 'Item|Code|Unit', [2, ['Tea', 'T1', 'kg']]],
    ['Item,Note,,Price\nTea,hot,dark,', 'Item|Note||Price', [2, ['Tea', 'hot', 'dark', '']]],
    ['Item,Option,\nTee,Small,Red', 'Item|Option', [2, ['Tee', 'Small', 'Red']]],
  ]
  for (const [content, header, first] of cases) {
    const table = await read(content)
    assert.deepEqual([table.header.join('|'), table.rows[0]], [header, first], content)
  }
})

test('somebody called like a currency in the first row is a row, and no second line of headings', async () => {
  for (const [content, header, rows] of [
    ['Name,Phone\nBob,\nAnn,0722000111', 'Name|Phone', 'Bob,Ann|0722000111'],
    ['Name\nBob\nAnn', 'Name', 'Bob,Ann'],
    ['Name,Parent\nAll,\nDrinks,All', 'Name|Parent', 'All,Drinks|All'],
    ['Name,Category\nCup,All\nMug,Cup', 'Name|Category', 'Cup|All,Mug|Cup'],
    ['SKU\nCUP\n123', 'SKU', 'CUP,123'],
    ['ID,Name\n,Pound\n12,Ann', 'ID|Name', '|Pound,12|Ann'],
    ['Name,Price\nPen,', 'Name|Price', 'Pen'],
    ['Name,Price\n,KES\nTea,5', 'Name|Price (KES)', 'Tea|5'],
    ['Name,Weight,Price\n,kg,KES\nTea,,"5,00"', 'Name|Weight (kg)|Price (KES)', 'Tea||5,00'],
  ] as const) {
    const sheet = await writeXlsxFile(
      content
        .replaceAll('"', '')
        .split('\n')
        .map((line) => line.split(',', 3).map((value) => ({ value }))),
    ).toBuffer()
    for (const file of content.includes('"') ? [content] : [content, sheet]) {
      const table = await read(file)
      assert.deepEqual(
        [table.header.join('|'), table.rows.map(([, cells]) => cells.join('|').replace(/\|$/, '')).join()],
        [header, rows],
        content,
      )
    }
  }
})

test('[C1] the apostrophe by which a spreadsheet marks a number as text is none of the number', () => {
  assert.deepEqual(["'10", "'007", "'+254", "'90s shirt", "O'Neil"].map(unneutralise), [
    '10',
    '007',
    '+254',
    "'90s shirt",
    "O'Neil",
  ])
})

test('[F10] a number that a sheet has rounded shows it; a small one is written out', async () => {
  const cells = [Number('123456789012345678'), 1e22, 999999999999999, 0.0000001, 1.125, -5].map((value) => ({
    value,
    type: Number,
  }))
  const table = await readTable(await writeXlsxFile([cells.map((_, at) => ({ value: `C${at}` })), cells]).toBuffer(), {
    name: 'x',
  })
  const { cells: texts, kinds } = (await Array.fromAsync(table.rows))[0]!
  assert.deepEqual(texts, ['1.23456789012346e+17', '1.00000000000000e+22', '999999999999999', '0.0000001', '1.125', '-5'])
  assert.deepEqual(new Set(kinds), new Set(['number']))
})

test('a workbook is read with its titles, numbers and days', async () => {
  const book = await writeXlsxFile([
    [{ value: 'Price list' }],
    [{ value: 'Title' }, { value: 'Price' }, { value: 'Day' }],
    [
      { value: 'Tea' },
      { value: 0.30000000000000004, type: Number },
      { value: new Date('2026-11-29T00:00:00Z'), type: Date, format: 'yyyy-mm-dd' },
    ],
  ]).toBuffer()
  const { header, rows } = await read(book)
  assert.deepEqual([header, rows], [['Title', 'Price', 'Day'], [[3, ['Tea', '0.3', '2026-11-29']]]])
})

/** An archive with one part, whose directory tells the size that it is given. */
function archive(name: string, content: Buffer, told = content.length): Buffer {
  const packed = deflateRawSync(content)
  const local = Buffer.alloc(30)
  local.writeUInt32LE(0x04034b50, 0)
  local.writeUInt16LE(8, 8)
  local.writeUInt32LE(packed.length, 18)
  local.writeUInt32LE(told, 22)
  local.writeUInt16LE(name.length, 26)
  const central = Buffer.alloc(46)
  central.writeUInt32LE(0x02014b50, 0)
  central.writeUInt16LE(8, 10)
  central.writeUInt32LE(packed.length, 20)
  central.writeUInt32LE(told, 24)
  central.writeUInt16LE(name.length, 28)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(1, 10)
  end.writeUInt32LE(46 + name.length, 12)
  end.writeUInt32LE(30 + name.length + packed.length, 16)
  return Buffer.concat([local, Buffer.from(name), packed, central, Buffer.from(name), end])
}

test('[A9] what a workbook unpacks to is counted, not believed, and its reader dies alone', async () => {
  const before = process.memoryUsage().rss
  // 2 MB that are 400 MB, and say that they are a thousand bytes.
  assert.equal(await refusal(archive('xl/worksheets/sheet1.xml', Buffer.alloc(400_000_000, '<c/>'), 1000)), 'zipBomb')
  for (const broken of [
    archive('xl/workbook.xml', Buffer.from('<x>')),
    Buffer.from('PK\u0003\u0004 and no more'),
    archive('a', Buffer.from('a')).subarray(0, 60),
  ])
    assert.equal(await refusal(broken), 'broken')
  assert.ok(process.memoryUsage().rss - before < 700_000_000)
})

test('a row of more than a million letters is told by its number, and the others are read', async () => {
  const long = 'x'.repeat(tableLimits.rowLetters)
  const { rows } = await readTable(Buffer.from(`name,note\nTea,hot\nMate,"${long}"\nRope,blue`), { name: 'a.csv' })
  const all = await Array.fromAsync(rows)
  assert.deepEqual(
    all.map(({ number, cells: [name], isTooLong }) => [number, name, isTooLong ?? false]),
    [
      [2, 'Tea', false],
      [3, 'Mate', true],
      [4, 'Rope', false],
    ],
  )
  assert.ok(all[1]!.cells.join('').length < 200, 'of what is too long, a little is kept')
  const endless = Buffer.from(`name,note\nTea,hot\nMate,"${'x,\n'.repeat(tableLimits.lineBytes / 2)}`)
  await assert.rejects(read(endless), { code: 'lineTooLong', message: /^row 3 / })
})

test('what is no table at all is refused with what to do', async () => {
  for (const content of [
    '<html><table><tr><td>Title</td></tr></table></html>',
    '\ufeff<?xml version="1.0"?><Workbook/>',
    '<!DOCTYPE html>',
    '%PDF-1.7',
    '{\\rtf1 a}',
    '[{"title":"Tea","price":5}]',
    '{ "title": "Tea" }',
  ])
    assert.equal(await refusal(Buffer.from(content)), 'noTable', content)
  for (const content of ['<b>Title</b>,Price\nTea,5', '[Title],Price\nTea,5', '{Title},Price\nTea,5'])
    assert.equal(await refusal(Buffer.from(content)), 'read', content)
})

test('an address book is read a portion at a time: a card without end is refused alone, its neighbours and their pictures are not', async () => {
  const card = (name: string, ...lines: string[]) =>
    ['BEGIN:VCARD', 'VERSION:2.1', `FN:${name}`, ...lines, 'END:VCARD', ''].join('\r\n')
  const book = [
    card(
      'Ann',
      'NOTE;ENCODING=QUOTED-PRINTABLE:caf=C3=A9 =',
      ' und Bröt=chen =',
      'one line',
      `PHOTO:${'A'.repeat(2_000_000)}`,
      'TEL:1',
    ),
    card('Ben', `NOTE:${'é'.repeat(1_200_000)}`, 'TEL:2'),
    card('Carl', ...Array.from({ length: 60_000 }, () => 'TEL:+254 711 111 111')),
    card('Dora', 'TEL:3', 'TEL;PREF:4', ' 5', 'item1.EMAIL;TYPE=pref:d@x.co'),
  ].join('')
  const table = await readTable(Buffer.from(book), { name: 'a.vcf' })
  const seen: unknown[] = []
  let turns = 0
  const count = setInterval(() => turns++, 0)
  for await (const { number, cells, isTooLong = false } of table.rows)
    seen.push([number, cells[0], cells[2]!.slice(0, 12), cells[3], cells[7]!.slice(0, 40), isTooLong])
  clearInterval(count)
  assert.deepEqual(seen, [
    [2, 'Ann', '1', '', 'café  und Bröt=chen one line', false],
    [3, 'Ben', '', '', '', true],
    [4, 'Carl', '+254 711 111', '', '', true],
    [5, 'Dora', '45, 3', 'd@x.co', '', false],
  ])
  assert.ok(turns > 5, 'others had their turns')
})

test('a file of nothing but commas ends where no list would go on, and not with the memory', async () => {
  let asked = 0
  const commas = async function* () {
    for (; asked < 200; asked++) yield Buffer.from(','.repeat(1_000_000))
  }
  const table = async () => {
    const { rows } = await readTable(Readable.from(commas()), { name: 'x' })
    for await (const _ of rows);
  }
  await assert.rejects(table(), { code: 'tooManyColumns' })
  assert.ok(asked < 5, `${asked} million were read`)
  assert.equal(await refusal(Buffer.from(`a,b\n1,2\n${','.repeat(200_000)}\n`)), 'tooManyColumns')
  assert.equal(await refusal(Buffer.from(`a,b\n1,2\n${','.repeat(90_000)}\n3,4\n`)), 'read')
})

test('a sign that turns the writing round is in no cell', async () => {
  const { rows } = await readTable(Buffer.from('Name,Price\nJuma \u202eotavA\u2069,5\n'), { name: 'list.csv' })
  assert.deepEqual(
    (await Array.fromAsync(rows)).map((row) => row.cells),
    [['Juma otavA', '5']],
  )
})

test('an archive that is no workbook says what it is', async () => {
  const packed = async (name: string) => Buffer.concat(await Array.fromAsync(zipped([{ name, content: ['SKU,Price\nA1,5'] }])))
  assert.equal(await refusal(await packed('prices.csv')), 'archive')
  assert.equal(await refusal(await packed('Index/Document.iwa')), 'numbers')
  assert.equal(await refusal(await packed('xl/workbook.xml')), 'broken')
})
