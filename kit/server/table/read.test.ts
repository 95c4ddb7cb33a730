import assert from 'node:assert/strict'
import { test } from 'node:test'
import { deflateRawSync } from 'node:zlib'
import iconv from 'iconv-lite'
import writeXlsxFile from 'write-excel-file/node'
import { readTable, TableProblem } from './read.ts'
import { unneutralise } from './neutral.ts'

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
    ['win1252', 'Title,SKU\nCafé Crème Noël,T1\nMüsli,T2\nPão de queijo,T3'],
    ['utf8', 'Title,SKU\nشاي,T1\nЧай,T2\nCafé,T3'],
    ['utf16le', 'Title,SKU\nشاي,T1\nTea,T2'],
  ] as const) {
    const table = await read(iconv.encode(text, encoding, { addBOM: encoding === 'utf16le' }))
    assert.equal(table.encoding, encoding, text)
    assert.equal(
      [table.header, ...table.rows.map(([, cells]) => cells)].map((row) => row.join(text.includes(';') ? ';' : ',')).join('\n'),
      text,
    )
  }
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
