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

test('[C1] the apostrophe by which a spreadsheet marks a number as text is none of the number', () => {
  assert.deepEqual(["'10", "'007", "'+254", "'90s shirt", "O'Neil"].map(unneutralise), [
    '10',
    '007',
    '+254',
    "'90s shirt",
    "O'Neil",
  ])
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
