import type { Ask } from '../../import.ts'
import type { Problem } from '../../problem.ts'

/** What a file leaves open, as the page asks it. */
export type { Ask as ImportAsk } from '../../import.ts'

/** An import as the page sees it. */
export interface ImportRun {
  readonly id: string
  readonly kind: string
  readonly state: 'uploaded' | 'checking' | 'checked' | 'applying' | 'applied' | 'undoing' | 'undone' | 'failed'
  readonly name: string
  readonly header: readonly string[]
  readonly samples: readonly (readonly string[])[]
  readonly mapping: Readonly<Record<string, string>>
  readonly rowsTotal: number
  readonly rowsNew: number
  readonly rowsChanged: number
  readonly rowsSame: number
  readonly rowsRefused: number
  readonly rowsWarned: number
  readonly options: Readonly<Record<string, unknown>>
  readonly findings: {
    readonly encoding?: string
    readonly isUnsure?: boolean
    readonly delimiter?: string
    readonly sheet?: string
    readonly sheets?: readonly string[]
    readonly hidden?: number
    readonly unused?: readonly string[]
    readonly failure?: Problem
    readonly asks?: readonly Ask[]
  }
  readonly failure: string | null
  /** What came besides the records, by name; whole numbers as text. */
  readonly taken: Readonly<Record<string, Readonly<Record<string, string>>>>
}

/** What may be asked for besides, with its columns: the heading that each seems to be, the place that it is for. */
export interface ImportExtra {
  readonly name: string
  readonly fields: readonly { readonly name: string; readonly label?: string; readonly column?: string }[]
}

export interface ImportRefusal {
  readonly id: string
  readonly rowNumber: number
  readonly field: string | null
  readonly problem: string
  readonly params: unknown
  readonly cells: unknown
  readonly isWarning: boolean
}

export const isWorking = (state: string | undefined): boolean =>
  state === 'checking' || state === 'applying' || state === 'undoing'
