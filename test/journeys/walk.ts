import assert from 'node:assert/strict'
import type { Locator, Page } from 'playwright-core'
import type { Person } from './browser.ts'

/** So long is waited for what should come at once: a machine that is busy takes its time, and what never comes is found all the same. */
export const PATIENCE = 20_000

/** How somebody uses a page. */
export type Means = 'mouse' | 'touch' | 'keyboard'

export interface Control {
  /** `data-walk` of the element, as long as it stands in the page. */
  readonly id: string
  readonly role: string
  readonly name: string
  /** What looks and behaves alike: of it a few are worked, not all. */
  readonly like: string
  readonly isSubmit: boolean
  readonly isLink: boolean
  readonly faults: readonly string[]
}

const CONTROLS =
  'a[href], button, input:not([type=hidden]), select, textarea, [role=tab], [role=switch], [role=menuitem], [role=menuitemcheckbox], [role=option], [tabindex="0"][role=button]'

/** Every control that is seen inside `scope`, with what is wrong about it before anybody touches it. */
export async function controlsIn(page: Page, scope: string, means: Means): Promise<Control[]> {
  return page.evaluate(
    ({ scope, selector, means }) => {
      const frames = [...document.querySelectorAll<HTMLElement>(scope)]
      const all = frames.flatMap((frame) => [...frame.querySelectorAll<HTMLElement>(selector)])
      let count = Number(document.documentElement.dataset['walked'] ?? 0)
      const nameOf = (one: HTMLElement): string => {
        const by = one.getAttribute('aria-labelledby')?.split(' ') ?? []
        const labels = [...((one as HTMLInputElement).labels ?? [])]
        const texts = [
          one.getAttribute('aria-label'),
          ...by.map((id) => document.getElementById(id)?.textContent),
          ...labels.map((label) => label.textContent),
          one.innerText,
          one.textContent,
          one.title,
          one.querySelector('img')?.alt,
          (one as HTMLInputElement).placeholder,
        ]
        return (texts.find((text) => text?.trim()) ?? '').trim().replaceAll(/\s+/g, ' ').slice(0, 60)
      }
      const isSeen = (one: HTMLElement) => {
        const box = one.getBoundingClientRect()
        const style = getComputedStyle(one)
        return (
          box.width > 1 && box.height > 1 && style.visibility === 'visible' && one.checkVisibility({ opacityProperty: false })
        )
      }
      // What stands for a control where it is too small to be seen itself: the label of a box, the pill of a choice.
      const faceOf = (one: HTMLElement) => {
        const label = (one as HTMLInputElement).labels?.[0]
        const isHidden = getComputedStyle(one).opacity === '0' || !isSeen(one)
        return isHidden && label ? label : one
      }
      const found = []
      for (const one of all) {
        const type = one.getAttribute('type')
        if (type === 'file' || one.closest('[aria-hidden=true], [inert]')) continue
        const face = faceOf(one)
        if (!isSeen(face) || (one as HTMLButtonElement).disabled || one.getAttribute('data-disabled')) continue
        const faults: string[] = []
        const name = nameOf(one)
        if (name === '') faults.push('has no name')
        face.scrollIntoView({ block: 'center', inline: 'center' })
        const boxes = [...face.getClientRects()]
        const box = boxes[0] ?? face.getBoundingClientRect()
        const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
        const hit = document.elementFromPoint(x, y)
        const isHit = hit !== null && (face.contains(hit) || hit.contains(face) || hit.closest('label')?.contains(one) === true)
        if (x < 0 || y < 0 || x > innerWidth || y > innerHeight) faults.push('stays outside the screen')
        else if (!isHit) faults.push(`is covered by ${hit?.outerHTML.slice(0, 100)}`)
        if (means === 'touch') {
          // A label beside a box belongs to what a finger may hit; so does the frame around what is typed.
          const around = [(one as HTMLInputElement).labels?.[0], one.closest('.mantine-Input-wrapper'), one.closest('label')]
          const sizes = [face, ...around.filter((part) => part instanceof Element)].map((part) => part.getBoundingClientRect())
          const height = Math.max(...sizes.map((size) => size.bottom)) - Math.min(...sizes.map((size) => size.top))
          const width = Math.max(...sizes.map((size) => size.right)) - Math.min(...sizes.map((size) => size.left))
          const isInline = getComputedStyle(face).display === 'inline'
          const least = one.tagName === 'A' || isInline ? 24 : 44
          // WCAG 2.5.8 lets a link of a sentence be as high as its line.
          if (!(one.tagName === 'A' && isInline) && (height < least - 0.5 || width < Math.min(least, 24)))
            faults.push(`is ${Math.round(width)} × ${Math.round(height)} px under a finger`)
        }
        one.dataset['walk'] ??= String(++count)
        const role = one.getAttribute('role') ?? (one.tagName === 'INPUT' ? (type ?? 'text') : one.tagName.toLowerCase())
        found.push({
          id: one.dataset['walk'],
          role,
          name,
          like: `${role} ${one.className} ${one.parentElement?.className ?? ''}`,
          isSubmit: type === 'submit',
          isLink: one.tagName === 'A',
          faults: faults.map((fault) => `${role} “${name}” ${fault}`),
        })
      }
      document.documentElement.dataset['walked'] = String(count)
      return found
    },
    { scope, selector: CONTROLS, means },
  )
}

/** Presses Tab through the page and tells which controls it never met. */
export async function unreachedByTab(page: Page, controls: readonly Control[]): Promise<string[]> {
  const first = page.locator('#content, main, #root').last()
  await first.evaluate((one: HTMLElement) => {
    const met = new Set<string>()
    const seen = window as unknown as { met: Set<string>; noted?: (event: FocusEvent) => void }
    seen.met = met
    if (seen.noted) document.removeEventListener('focusin', seen.noted)
    seen.noted = ({ target }) => {
      const here = target as HTMLElement
      // One of a group is where Tab stops; arrow keys lead to the others.
      const group = here.closest('[role=radiogroup], [role=tablist]')
      const radios = here.getAttribute('type') === 'radio' ? (here as HTMLInputElement).name : ''
      const others = radios ? document.querySelectorAll<HTMLElement>(`input[type=radio][name="${CSS.escape(radios)}"]`) : []
      for (const each of [here, ...(group?.querySelectorAll<HTMLElement>('[data-walk]') ?? []), ...others])
        met.add(each.dataset['walk'] ?? '')
    }
    document.addEventListener('focusin', seen.noted)
    one.tabIndex = -1
    one.focus()
  })
  const most = controls.length + 40
  for (let presses = 1; presses <= most; presses++) {
    await page.keyboard.press('Tab')
    // Behind the last one the browser itself has the focus.
    if (presses % 10 === 0 && (await page.evaluate(() => document.activeElement === document.body))) break
  }
  const met = new Set(await page.evaluate(() => [...(window as unknown as { met: Set<string> }).met]))
  const isSkipped = async (control: Control) =>
    page.locator(`[data-walk="${control.id}"]`).evaluateAll((all) =>
      // What the keyboard does in another way is left out on purpose: the cross in a picker is Backspace.
      all.every((one) => one.closest('[data-position=right]') !== null || one.getAttribute('tabindex') === '-1'),
    )
  const missed = controls.filter((control) => !met.has(control.id))
  const told = []
  for (const control of missed)
    if (!(await isSkipped(control))) told.push(`${control.role} “${control.name}” is not reached by Tab`)
  return told
}

/** Somebody with one means at a page. */
export class Walker {
  readonly person: Person
  readonly page: Page
  readonly means: Means
  readonly wrong: string[] = []

  constructor(person: Person, means: Means) {
    this.person = person
    this.page = person.page
    this.means = means
  }

  readonly #times = new Map<string, number>()

  /** How often this was done before. */
  timesOf(what: string): number {
    const times = this.#times.get(what) ?? 0
    this.#times.set(what, times + 1)
    return times
  }

  /** Works one control: a click, a finger, or the key that its kind is worked with. */
  async work(target: Locator, key = 'Enter'): Promise<void> {
    const patience = { timeout: PATIENCE }
    if (this.means === 'mouse') return target.click(patience)
    if (this.means === 'touch') return target.tap(patience)
    await target.focus(patience)
    await this.page.keyboard.press(key)
  }

  async noting(where: string, what: () => Promise<void>): Promise<void> {
    await what().catch((error: Error) => this.wrong.push(`${where} (${this.means}): ${error.message.slice(0, 1200)}`))
  }

  /** Chooses the first option of the list that `box` opens, and says which. */
  async choose(box: Locator): Promise<string> {
    const { page } = this
    const hasList = async () => (await box.getAttribute('aria-expanded')) === 'true'
    if (!(await hasList())) await this.work(box, 'ArrowDown')
    const list = page.locator(`[id="${await listOf(box)}"]`)
    const options = list.getByRole('option')
    await options.first().waitFor({ timeout: PATIENCE })
    const option = options.last()
    const name = await option.innerText()
    if (this.means === 'keyboard') {
      // The other end of a list is one step up from its first line.
      await page.keyboard.press('ArrowDown')
      await page.keyboard.press('Enter')
      return name
    }
    await this.work(option)
    return name
  }
}

async function listOf(box: Locator): Promise<string> {
  const id = await box.getAttribute('aria-controls')
  assert.ok(id, 'a picker that opens no list')
  return id
}
