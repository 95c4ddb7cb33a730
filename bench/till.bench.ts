import type { Page } from 'playwright-core'
import { launch } from '../test/journeys/browser.ts'
import { aStockedShop } from './goods.ts'
import { aDuka, percentiles, type Figure } from './lib.ts'

const PRODUCTS = Number(process.env['BENCH_PRODUCTS'] ?? 10_000)
const WORDS = ['77 article', '4321', '90', '58 art', '123', '6007', 'prd0049', '2 17', '31 article', '805', 'nothing like it']
const SCANS = 60
const SALES = 20

/** The till in a real browser: how long a key press, a scan and a whole cash sale take with ten thousand products. */
export async function bench(): Promise<Figure[]> {
  const duka = await aDuka()
  const browser = await launch()
  try {
    await aStockedShop(duka, { products: PRODUCTS, tills: 1 })
    const base = duka.base.replace('127.0.0.1', 'localhost')
    const context = await browser.newContext({ viewport: { width: 1024, height: 600 } })
    const cookie = { name: '__Host-duka', value: duka.cookie, url: base.replace('http:', 'https:'), secure: true, httpOnly: true }
    await context.addCookies([cookie])
    const page = await context.newPage()
    await page.goto(`${base}/pos/sell`)
    await page.locator('#till-products button').nth(20).waitFor()
    await page.evaluate(watch)
    const keys = await searched(page)
    const scans = await scanned(page)
    const sales = await sold(page)
    return [
      figure(`search over ${PRODUCTS.toLocaleString('en')} products, a key press`, keys, 30),
      figure('scan to line', scans, 50),
      figure('a cash sale of 3 lines, 3 scans and 3 key presses', sales, 2000),
    ]
  } finally {
    await browser.close()
    await duka.stop()
  }
}

const figure = (what: string, times: number[], promised: number): Figure => {
  const { p50, p95 } = percentiles(times)
  const note = `p50 ${p50.toFixed(1)} ms, ${times.length} times`
  return { what, value: p95, unit: 'ms', promise: `p95 < ${promised} ms`, kept: p95 < promised, note }
}

/** In the page: from a key press until a part of the screen shows something else. */
function watch(): void {
  let pressed = 0
  // A key that writes begins with its input: what the remote control of the browser needs before it is not the till's.
  for (const begin of ['keydown', 'beforeinput']) addEventListener(begin, () => (pressed = performance.now()), true)
  const took: Record<string, number> = {}
  for (const part of ['#till-products', 'aside'])
    new MutationObserver(() => (took[part] = performance.now() - pressed)).observe(document.querySelector(part)!, {
      subtree: true,
      childList: true,
      characterData: true,
    })
  Object.assign(globalThis, { took })
}

/** After some frames whatever the key press changed stands on the screen. */
const tookTo = async (page: Page, part: string): Promise<number[]> =>
  page.evaluate(async (wanted) => {
    for (let frame = 0; frame < 4; frame++) await new Promise(requestAnimationFrame)
    const { took } = globalThis as unknown as { took: Record<string, number | undefined> }
    const time = took[wanted]
    delete took[wanted]
    return time === undefined ? [] : [time]
  }, part)

async function searched(page: Page): Promise<number[]> {
  const times: number[] = []
  for (const words of WORDS) {
    for (const key of words) {
      await page.keyboard.press(key === ' ' ? 'Space' : key)
      times.push(...(await tookTo(page, '#till-products')))
    }
    await page.keyboard.press('Escape')
    await tookTo(page, '#till-products')
  }
  return times
}

const skuOf = (index: number) => `PRD${String((index % PRODUCTS) + 1).padStart(6, '0')}`

async function scanned(page: Page): Promise<number[]> {
  const times: number[] = []
  await tookTo(page, 'aside')
  for (let scan = 0; scan < SCANS; scan++) {
    await page.keyboard.type(skuOf(scan * 97))
    await page.keyboard.press('Enter')
    times.push(...(await tookTo(page, 'aside')))
  }
  await page.keyboard.press('Enter')
  await pay(page)
  return times
}

async function pay(page: Page): Promise<void> {
  await page.getByRole('dialog').waitFor()
  await page.keyboard.press('Enter')
  await page.getByRole('status').filter({ hasText: 'S1T1-' }).waitFor()
  await page.keyboard.press('Enter')
}

/** Three scans, then Enter to pay, Enter for the exact amount, Enter for the next customer. */
async function sold(page: Page): Promise<number[]> {
  const took: number[] = []
  for (let sale = 0; sale < SALES; sale++) {
    const started = performance.now()
    for (let line = 0; line < 3; line++) {
      await page.keyboard.type(skuOf(sale * 31 + line * 7))
      await page.keyboard.press('Enter')
    }
    await page.keyboard.press('Enter')
    await pay(page)
    took.push(performance.now() - started)
  }
  return took
}
