import { CloseButton, Combobox, TextInput, useCombobox } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconBarcode } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState, type ClipboardEvent, type KeyboardEvent, type ReactNode, type RefObject } from 'react'
import { areaOf, call } from '../base/api.ts'
import { problemText } from '../base/problem.ts'
import { useT } from '../base/words.tsx'
import classes from './document.module.css'

/** What is found to be put on a line. */
export interface Findable {
  readonly id: string
  readonly name: string
  /** What was asked for is a code of it. */
  readonly exact: boolean
}

export interface FinderProps<Row extends Findable> {
  /** Answers `{ rows }` for `q`. */
  readonly route: string
  /** What else it is asked with; nothing is looked for before it is known, and what is scanned meanwhile waits. */
  readonly input: Readonly<Record<string, unknown>> | null
  readonly onFound: (row: Row, isScan: boolean) => void
  /** Beside the name in the list of what was found. */
  readonly hint?: (row: Row) => ReactNode
  readonly end?: (row: Row) => ReactNode
  /** Rows of a sheet that were pasted: cells by row. Without it they are text. */
  readonly onPaste?: (rows: readonly (readonly string[])[]) => void
}

/**
 * Finds what goes on a line by scanner or by name. A scanner does not wait: each Enter empties the field, and what was asked is
 * answered in its order. What finds nothing stays in sight until somebody has read it.
 */
export function Finder<Row extends Findable>({ route, input, onFound, hint, end, onPaste }: FinderProps<Row>) {
  const t = useT()
  const box = useCombobox({ onDropdownClose: () => box.resetSelectedOption() })
  const [typed, setTyped] = useState('')
  const [asked] = useDebouncedValue(typed.trim(), 150)
  const [missed, setMissed] = useState<readonly string[]>([])
  const field = useRef<HTMLInputElement>(null)
  const scans = useScans<Row>(route, input, {
    found: onFound,
    missed: (said) => setMissed((before) => [...before, said]),
    // Whoever types on meanwhile is asked nothing: it is told like what nothing was found for.
    several: (q) => {
      if (field.current?.value !== '') return setMissed((before) => [...before, t('finder.several', { code: q })])
      setTyped(q)
      box.openDropdown()
    },
  })
  useFocus(field)
  const { data, isPlaceholderData } = useQuery({
    queryKey: [areaOf(route), 'found', route, input, asked],
    queryFn: ({ signal }) => call<{ rows: Row[] }>(route, { ...input, q: asked }, { signal }),
    enabled: asked !== '' && input !== null,
    placeholderData: (before) => before,
  })
  // What was found for another word is no answer to this one: whoever picks quickly picks what they see.
  const isOld = isPlaceholderData || typed.trim() !== asked
  const rows = asked === '' || isOld ? [] : (data?.rows ?? [])
  const enter = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.ctrlKey || event.metaKey) return
    const q = typed.trim()
    if (q === '' && !scans.areWaiting()) return
    event.preventDefault()
    if (q === '' || box.getSelectedOptionIndex() >= 0) return
    setTyped('')
    box.closeDropdown()
    scans.ask(q)
  }
  const paste = (event: ClipboardEvent) => {
    const cells = cellsOf(event.clipboardData.getData('text/plain'))
    if (!onPaste || cells.length === 0) return
    event.preventDefault()
    onPaste(cells)
  }
  return (
    <>
      <Combobox
        store={box}
        onOptionSubmit={(id) => {
          const found = rows.find((row) => row.id === id)
          if (!found) return
          onFound(found, false)
          setTyped('')
          box.closeDropdown()
          field.current?.focus()
        }}
      >
        <Combobox.Target>
          <TextInput
            ref={field}
            className={classes.search ?? ''}
            label={t('finder.search')}
            leftSection={<IconBarcode size={18} />}
            placeholder={t(onPaste ? 'finder.placeholderPaste' : 'finder.placeholder')}
            autoComplete="off"
            value={typed}
            onChange={(event) => {
              setTyped(event.currentTarget.value)
              box.resetSelectedOption()
              box.openDropdown()
            }}
            onKeyDown={enter}
            onPaste={paste}
            onBlur={() => box.closeDropdown()}
          />
        </Combobox.Target>
        <Combobox.Dropdown hidden={rows.length === 0}>
          <Combobox.Options>
            {rows.map((row) => (
              <Combobox.Option key={row.id} value={row.id}>
                <span className={classes.option}>
                  <span>
                    {row.name} {hint && <small>{hint(row)}</small>}
                  </span>
                  {end?.(row)}
                </span>
              </Combobox.Option>
            ))}
          </Combobox.Options>
        </Combobox.Dropdown>
      </Combobox>
      {missed.length > 0 && (
        <div className={classes.missed} role="alert">
          <ul>
            {missed.map((said, index) => (
              <li key={index}>{said}</li>
            ))}
          </ul>
          <CloseButton aria-label={t('common.close')} onClick={() => setMissed([])} />
        </div>
      )}
    </>
  )
}

/** Rows of a sheet as its program puts them into the clipboard; a word or a code alone is none. */
export const cellsOf = (text: string): string[][] => {
  const rows = text
    .replace(/\r\n?/g, '\n')
    .split('\n')
    .map((row) => row.split('\t').map((cell) => cell.trim()))
    .filter((row) => row.some((cell) => cell !== ''))
  return rows.length > 1 || (rows[0]?.length ?? 0) > 1 ? rows : []
}

interface Outcomes<Row> {
  readonly found: (found: Row, isScan: boolean) => void
  /** Nothing was found, or it could not be asked: a sentence. */
  readonly missed: (said: string) => void
  readonly several: (q: string) => void
}

/** What was scanned or sent by Enter, asked one after the other. */
function useScans<Row extends Findable>(route: string, input: FinderProps<Row>['input'], outcomes: Outcomes<Row>) {
  const t = useT()
  const latest = useRef({ input, outcomes })
  const waiting = useRef<string[]>([])
  const isAsking = useRef(false)
  const find = async (q: string, at: object) => {
    const { rows } = await call<{ rows: Row[] }>(route, { ...at, q })
    const exact = rows.filter((one) => one.exact)
    const { found, missed, several } = latest.current.outcomes
    if (exact.length === 1) found(exact[0]!, true)
    else if (rows.length === 1) found(rows[0]!, false)
    else if (rows.length === 0) missed(t('finder.unknown', { code: q }))
    else several(q)
  }
  const work = async () => {
    if (isAsking.current) return
    isAsking.current = true
    while (waiting.current.length > 0 && latest.current.input) {
      const q = waiting.current[0]!
      await find(q, latest.current.input).catch((error: unknown) =>
        latest.current.outcomes.missed(`${q}: ${problemText(t, error)}`),
      )
      waiting.current.shift()
    }
    isAsking.current = false
  }
  useEffect(() => {
    latest.current = { input, outcomes }
    void work()
  })
  return {
    ask: (q: string) => {
      waiting.current.push(q)
      void work()
    },
    areWaiting: () => waiting.current.length > 0,
  }
}

/** The field has the focus, and what a scanner types while nothing has it belongs here, as at the till. */
function useFocus(field: RefObject<HTMLInputElement | null>) {
  useEffect(() => {
    if (matchMedia('(pointer: fine)').matches) field.current?.focus({ preventScroll: true })
    const onKey = (event: globalThis.KeyboardEvent) => {
      const isText = /^[\p{L}\p{N}]$/u.test(event.key) && !event.ctrlKey && !event.metaKey && !event.altKey
      const isTyping = event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement
      if (isText && !isTyping && !document.querySelector('[role=dialog]')) field.current?.focus({ preventScroll: true })
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [field])
}
