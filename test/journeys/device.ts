import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'

/** What a device is born with, and keeps whoever takes it up. */
type Born = Required<Pick<BrowserContextOptions, 'locale' | 'timezoneId' | 'isMobile'>>
type Held = Required<Pick<BrowserContextOptions, 'viewport' | 'colorScheme'>>

export interface DeviceInHand {
  readonly context: BrowserContext
  readonly page: Page
  /** Nobody takes it up afterwards: what is done to it now cannot be taken back. */
  retire(): void
  putDown(): Promise<void>
}

const HEARD = [
  'pageerror',
  'console',
  'response',
  'request',
  'requestfailed',
  'dialog',
  'filechooser',
  'download',
  'popup',
] as const
const lying = new WeakMap<Browser, Map<string, DeviceInHand[]>>()

/**
 * A device for one person: one that another has put down, emptied of everything of theirs, or a new one. A page that runs where
 * the program was compiled before costs half of what it costs where it was not.
 */
export async function takeUp(browser: Browser, born: Born, { viewport, colorScheme }: Held): Promise<DeviceInHand> {
  const all = lying.get(browser) ?? new Map<string, DeviceInHand[]>()
  lying.set(browser, all)
  const alike = all.get(JSON.stringify(born)) ?? []
  all.set(JSON.stringify(born), alike)
  const found = alike.pop()
  if (found) {
    await found.page.setViewportSize(viewport!)
    await found.page.emulateMedia({ colorScheme })
    return found
  }
  const context = await browser.newContext({
    ...born,
    hasTouch: born.isMobile,
    viewport,
    colorScheme,
    reducedMotion: 'reduce',
    // It would fetch all of the program for each new device; one journey opens the program by it.
    serviceWorkers: 'block',
  })
  const page = await context.newPage()
  page.setDefaultTimeout(30_000)
  let isRetired = false
  const device: DeviceInHand = {
    context,
    page,
    retire: () => void (isRetired = true),
    async putDown() {
      const isEmpty = !isRetired && (await empty(context, page).catch(() => false))
      if (isEmpty) alike.push(device)
      else await context.close()
    },
  }
  return device
}

/** Takes everything of a person off their device. @returns whether nothing is left */
async function empty(context: BrowserContext, page: Page): Promise<boolean> {
  for (const event of HEARD) await page.removeAllListeners(event, { behavior: 'ignoreErrors' })
  await Promise.all([page.unrouteAll({ behavior: 'ignoreErrors' }), context.unrouteAll({ behavior: 'ignoreErrors' })])
  for (const other of context.pages()) if (other !== page) await other.close()
  const { origin } = new URL(page.url())
  if (origin === 'null') return false
  await context.setOffline(false)
  // A page of the same address that runs nothing: the program has stopped, and writes nothing behind our back.
  await page.goto(`${origin}/icon.svg`)
  const isReal = await page.evaluate(() => {
    sessionStorage.clear()
    // A clock that was put in stays in.
    return String(Date).includes('[native code]')
  })
  const session = await context.newCDPSession(page)
  await session.send('Storage.clearDataForOrigin', { origin, storageTypes: 'all' })
  await session.send('Page.resetNavigationHistory')
  await session.detach()
  await context.clearCookies()
  await context.clearPermissions()
  await page.mouse.move(-1, -1)
  return isReal
}
