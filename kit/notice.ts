import type { Translate } from './words.ts'

/** Something that somebody is told of: that they were mentioned, that what they follow took a step. */
export interface NoticeKind {
  /** Permanent: `kit.mentioned`. Its sentence is `notice.<name>`, its name in the settings `noticeKind.<name>`. */
  readonly name: string
  /** Where one leads that is about no record of its own page. */
  readonly path?: string
  /** Somebody causes it as often as they like, so that nobody is told of it by one person without end. */
  readonly isByHand?: true
}

export const declaredNotices = new Map<string, NoticeKind>()

/** `noticeKind('kit.mentioned')`. People choose for each kind whether they want it. */
export function noticeKind(name: string, more: Omit<NoticeKind, 'name'> = {}): NoticeKind {
  const made: NoticeKind = { name, ...more }
  declaredNotices.set(name, made)
  return made
}

export const mentioned = noticeKind('kit.mentioned', { isByHand: true })
export const assigned = noticeKind('kit.assigned', { isByHand: true })
export const noted = noticeKind('kit.noted', { isByHand: true })
export const stepped = noticeKind('kit.stepped')
export const changed = noticeKind('kit.changed')
export const undecided = noticeKind('kit.undecided')
export const scheduledFailed = noticeKind('kit.scheduledFailed', { path: '/settings/scheduled' })
export const imported = noticeKind('kit.imported', { path: '/import' })

/** How often unread notices of a kind go by mail. */
export const mailings = ['never', 'daily'] as const

/** Writes on what one sees: notes, and files. */
export const NOTE = 'kit.note.write'

/** What a notice says, as far as it is known. */
export interface Told {
  readonly kind: string
  /** What whoever caused it is called; nothing for the program itself. */
  readonly by: string | null
  readonly facts: Readonly<Record<string, unknown>>
}

/** A notice in a sentence, without what its record is called: "Amina mentioned you". */
export function noticeText(t: Translate, { kind, by, facts }: Told): string {
  const { command, state, kinds, name, work } = facts
  return t(`notice.${kind}${typeof state === 'string' ? `.${state}` : ''}`, {
    by: by ?? t('notice.program'),
    did: typeof command === 'string' ? t.of('command', command) : '',
    what: Array.isArray(kinds) ? kinds.map((one) => t(`approval.${String(one)}`)).join(', ') : '',
    name: typeof name === 'string' ? name : '',
    work: typeof work === 'string' ? t.of('scheduled', work) : '',
  })
}
