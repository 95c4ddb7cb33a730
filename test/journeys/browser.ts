import assert from 'node:assert/strict'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { getTestContext } from 'node:test'
import { onEnd } from '../end.ts'
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core'
import type { AxeResults } from 'axe-core'
import { takeUp, type DeviceInHand } from './device.ts'
import { serverWords } from '#kit/server/host/words.ts'
import { root } from '../template.ts'

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const output = join(root, 'test-output')
mkdirSync(output, { recursive: true })

/** The real browser: the one that comes as a package on Linux x64, an installed Chrome elsewhere. */
export async function aBrowser(): Promise<Browser> {
  const browser = await launch()
  onEnd(() => browser.close())
  return browser
}

const UNWANTED = new Set([
  '--single-process',
  '--disable-web-security',
  '--disable-site-isolation-trials',
  '--allow-running-insecure-content',
])

/** Whoever launches it closes it. */
export async function launch(): Promise<Browser> {
  const installed = process.env['CHROME_PATH']
  if (installed && existsSync(installed)) return chromium.launch({ executablePath: installed })
  if (process.platform !== 'linux' || process.arch !== 'x64') return chromium.launch({ channel: 'chrome' })
  const { default: bundled } = await import('@sparticuz/chromium')
  // Without a graphics card its emulation only costs time.
  bundled.setGraphicsMode = false
  return chromium.launch({
    executablePath: await bundled.executablePath(),
    // A browser that keeps one site from another, as people's browsers do.
    args: [...bundled.args.filter((arg) => !UNWANTED.has(arg)), '--disable-background-networking'],
  })
}

export type Language = 'en' | 'ar' | 'sw'
export interface Device {
  readonly language?: Language
  readonly width?: number
  readonly height?: number
  readonly scheme?: 'light' | 'dark'
  readonly cookie?: string
  /** Where its clock is set. */
  readonly timeZone?: string
}

/** One person at one device, who reads the words of their language and notes what went wrong behind the page. */
export class Person {
  readonly device: DeviceInHand
  readonly page: Page
  readonly context: BrowserContext
  readonly base: string
  readonly troubles: string[] = []
  readonly #words: Record<string, string>
  readonly #name: string
  readonly #language: Language
  #shots = 0

  private constructor(device: DeviceInHand, base: string, language: Language, name: string) {
    const { page } = device
    this.device = device
    this.context = device.context
    this.page = page
    this.base = base
    this.#name = name
    this.#language = language
    this.#words = serverWords()[language]!
    page.on('pageerror', (error) => this.troubles.push(`error on the page: ${error.message}`))
    page.on('console', (message) => {
      // A refusal that the page shows is also noted by the browser; the test judges what the page says.
      if (message.type() === 'error' && !message.text().includes('Failed to load resource')) this.troubles.push(message.text())
    })
    page.on('response', (response) => {
      if (response.status() >= 500) this.troubles.push(`${response.status()} ${response.url()}`)
    })
  }

  /** Someone at a device. `name` begins the names of the pictures. */
  static async at(browser: Browser, address: string, name: string, wish: Device = {}): Promise<Person> {
    const base = address.replace('127.0.0.1', 'localhost')
    const { language = 'en', width = 1440, height = 900, scheme = 'light', cookie, timeZone = 'Africa/Nairobi' } = wish
    const device = await takeUp(
      browser,
      {
        locale: { en: 'en-KE', ar: 'ar-EG', sw: 'sw-KE' }[language],
        timezoneId: timeZone,
        isMobile: width < 600,
      },
      { viewport: { width, height }, colorScheme: scheme },
    )
    // A page that nobody looks at any more would hear of what happens and fetch it anew: it goes with the test that opened it.
    const test = getTestContext()
    if (test && 'after' in test) test.after(() => device.putDown())
    else onEnd(() => device.putDown())
    if (cookie)
      await device.context.addCookies([
        { name: '__Host-duka', value: cookie, url: base.replace('http:', 'https:'), secure: true, httpOnly: true },
      ])
    return new Person(device, base, language, name)
  }

  /** The same person at the same page, who has chosen another language. */
  reading(language: Language): Person {
    return new Person(this.device, this.base, language, this.#name)
  }

  /** The words of a key, as this person reads them. */
  word(key: string, facts: Record<string, string> = {}): string {
    const text = this.#words[key]
    assert.ok(text !== undefined, `no words for ${key}`)
    return text.replace(/\{(\w+)(?::\w+)?\}/g, (whole, fact: string) => facts[fact] ?? whole)
  }

  async go(path: string): Promise<void> {
    await this.page.goto(this.base + path)
  }

  /** The same from within, as a link leads there: the program is not loaded anew. Waits until the old page has gone. */
  async follow(path: string): Promise<void> {
    await this.page.evaluate((to) => {
      document.querySelector('h1, #till-products')?.setAttribute('data-old', '')
      history.pushState(null, '', to)
      window.dispatchEvent(new PopStateEvent('popstate'))
    }, path)
    await this.page.locator('[data-old]').waitFor({ state: 'detached' })
  }

  button = (key: string, facts?: Record<string, string>) =>
    this.page
      .getByRole('button', { name: this.word(key, facts), exact: true })
      .filter({ visible: true })
      .first()
  /** A button that names a number, in the plural form of the language. */
  counted = (key: string, n: number) => this.button(`${key}_${new Intl.PluralRules(this.#language).select(n)}`, { n: String(n) })
  /** How this person goes to each other area by the switcher; nothing for somebody who has one alone. */
  async areas(): Promise<(() => Promise<void>)[]> {
    const { page } = this
    const opener = page.getByRole('button', { name: this.word('shell.area', { name: '' }).trim() })
    if ((await opener.count()) === 0) return []
    await opener.click()
    const items = page.getByRole('menuitem')
    await items.first().waitFor()
    const names = await items.allTextContents()
    await page.keyboard.press('Escape')
    await items.first().waitFor({ state: 'detached' })
    const here = await opener.textContent()
    return names
      .filter((name) => name !== here)
      .map((name) => async () => {
        await opener.click()
        await page.getByRole('menuitem', { name, exact: true }).click()
      })
  }
  field = (key: string) => this.page.getByLabel(this.word(key), { exact: false }).filter({ visible: true }).first()
  heading = (key: string, facts?: Record<string, string>) =>
    this.page.getByRole('heading', { name: this.word(key, facts) }).first()
  says = (text: string | RegExp) => this.page.getByText(text).filter({ visible: true }).first().waitFor()

  /** A picture for whoever looks at the run afterwards; they ask for it with `SHOTS=1`, because each takes a fifth of a second. */
  async shot(what: string): Promise<void> {
    this.#shots += 1
    if (!process.env['SHOTS']) return
    await this.page.screenshot({ path: join(output, `${this.#name}-${String(this.#shots).padStart(2, '0')}-${what}.png`) })
  }

  /** Colours that are still fading are nobody's contrast: waits until nothing moves but what moves for ever. */
  private async isStill(): Promise<void> {
    await this.page.evaluate(async () => {
      const ending = document.getAnimations().filter((one) => one.effect?.getComputedTiming().iterations !== Infinity)
      await Promise.allSettled(ending.map((one) => one.finished))
    })
  }

  /** WCAG 2.2 A and AA: nothing serious, by axe. What it finds while something is still drawn, it must find again. */
  async isAccessible(where: string): Promise<void> {
    // Half a megabyte of source, once for as long as the program stays loaded.
    if (!(await this.page.evaluate(() => 'axe' in window))) await this.page.evaluate(axeSource)
    let found: string[] = []
    for (let look = 0; look < 3; look++) {
      await this.isStill()
      found = await this.violations()
      if (found.length === 0) return
    }
    assert.deepEqual(found, [], `axe on ${where}`)
  }

  private violations(): Promise<string[]> {
    return this.page.evaluate(async () => {
      const { axe } = window as unknown as { axe: { run(options: object): Promise<AxeResults> } }
      const { violations } = await axe.run({
        runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
        resultTypes: ['violations'],
      })
      return violations
        .filter(({ impact }) => impact === 'serious' || impact === 'critical')
        .map(
          ({ id, help, nodes }) =>
            `${id}: ${help}: ${nodes
              .map((node) => node.html.slice(0, 160))
              .slice(0, 3)
              .join(' | ')}`,
        )
    })
  }

  /** Nothing is wider than the screen, so nobody has to push the page sideways. */
  async fits(where: string): Promise<void> {
    const [wide, screen] = await this.page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth])
    assert.ok(wide! <= screen!, `${where} is ${wide} px wide on a screen of ${screen}`)
  }

  isUntroubled(): void {
    assert.deepEqual(this.troubles, [])
  }
}
