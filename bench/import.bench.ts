import { createWriteStream, openAsBlob } from 'node:fs'
import { readFileSync } from 'node:fs'
import { once } from 'node:events'
import { join } from 'node:path'
import { gtinCheckDigit } from '#kit/barcode.ts'
import { aClient, aDuka, untilState, upload, type Figure } from './lib.ts'

const PRODUCTS = Number(process.env['BENCH_PRODUCTS'] ?? 100_000)
const HEAD =
  'Handle,Title,Body (HTML),Vendor,Type,Tags,Published,Option1 Name,Option1 Value,Variant SKU,Variant Grams,Variant Inventory Qty,Variant Price,Variant Compare At Price,Variant Barcode,Cost per item'

/** A hundred thousand products in Shopify's layout, without pictures: the time from "import" to the last row written. */
export async function bench(): Promise<Figure[]> {
  const duka = await aDuka()
  try {
    const file = join(duka.dataDir, 'products.csv')
    await writeProducts(file)
    const http = aClient(duka.base, duka.cookie)
    const { id, mapping } = await upload(duka, 'catalog.product', await openAsBlob(file))
    const watch = peakMemory(duka.server.pid!)
    await http.post(`/imports/${id}/check`, { mapping })
    const checked = await untilState(http, id, 'checked')
    await http.post(`/imports/${id}/application`, {})
    const applied = await untilState(http, id, 'applied')
    const peak = watch.stop()
    http.close()
    if (applied.run.rowsNew !== PRODUCTS)
      throw new Error(`imported ${applied.run.rowsNew}: ${JSON.stringify(applied).slice(0, 500)}`)
    return [
      {
        what: `import of ${PRODUCTS.toLocaleString('en')} products`,
        value: applied.seconds,
        unit: 's',
        promise: '< 60 s',
        kept: applied.seconds < 60,
        note: `after a dry run of ${checked.seconds.toFixed(0)} s over every row`,
      },
      {
        what: 'memory of the server while importing',
        value: peak,
        unit: 'MB',
        promise: '< 512 MB',
        kept: peak < 512,
        note: 'highest resident set',
      },
    ]
  } finally {
    await duka.stop()
  }
}

async function writeProducts(path: string): Promise<void> {
  const out = createWriteStream(path)
  out.write(`${HEAD}\r\n`)
  for (let n = 0; n < PRODUCTS; n++) {
    const digits = `616${String(n).padStart(9, '0')}`
    const price = (5 + ((n * 37) % 20_000) / 100).toFixed(2)
    const line = `article-${n},Article ${n},"<p>Made for the bench, number ${n}.</p>",Maker ${n % 50},Shelf ${n % 20},"new, bench",true,Title,Default Title,ART-${n},250,10,${price},,${digits}${gtinCheckDigit(digits)},${(Number(price) * 0.6).toFixed(2)}`
    if (!out.write(`${line}\r\n`)) await once(out, 'drain')
  }
  out.end()
  await once(out, 'finish')
}

function peakMemory(pid: number) {
  let peak = 0
  const look = () => {
    peak = Math.max(peak, Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024)
  }
  const timer = setInterval(look, 200)
  return {
    stop() {
      clearInterval(timer)
      return peak
    },
  }
}
