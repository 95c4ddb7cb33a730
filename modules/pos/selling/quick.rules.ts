import type { QuickBoard, QuickColour, QuickKey } from '../quick/quick.ts'

/** A board while it is arranged. */
export interface BoardDraft {
  readonly id: string
  readonly name: string
  /** Nought while it is new. */
  readonly version: number
  readonly keys: readonly QuickKey[]
}

export const draftOf = ({ id, name, version, keys }: QuickBoard): BoardDraft => ({ id, name, version, keys })

/** One more key at the end; an article has one key on a board. */
export const withKey = (board: BoardDraft, variant: string): BoardDraft =>
  board.keys.some((key) => key.variant === variant)
    ? board
    : { ...board, keys: [...board.keys, { variant, label: null, colour: 'plain' }] }

export const withoutKey = (board: BoardDraft, variant: string): BoardDraft => ({
  ...board,
  keys: board.keys.filter((key) => key.variant !== variant),
})

/** A key stands at another place; the others keep their order. */
export function moveKey(board: BoardDraft, variant: string, to: number): BoardDraft {
  const from = board.keys.findIndex((key) => key.variant === variant)
  const at = Math.max(0, Math.min(board.keys.length - 1, to))
  if (from < 0 || from === at) return board
  return { ...board, keys: board.keys.toSpliced(from, 1).toSpliced(at, 0, board.keys[from]!) }
}

export const changeKey = (
  board: BoardDraft,
  variant: string,
  changes: { label?: string | null; colour?: QuickColour },
): BoardDraft => ({
  ...board,
  keys: board.keys.map((key) => (key.variant === variant ? { ...key, ...changes } : key)),
})
