import type { Translate } from '#kit/words.ts'

interface Done {
  readonly actorKind: string
  readonly actor: string | null
  readonly actorName: string
  readonly aboutTable: string | null
  readonly about: string | null
}

/**
 * Who did it, in words: a person, the program itself, or, before a sign-in, the person whose account it was about.
 */
export function whoText(t: Translate, row: Done, refs: Readonly<Record<string, string>>): string {
  if (row.actorKind !== 'user') return t('audit.program')
  if (row.actor !== null) return row.actorName
  const account = row.aboutTable === 'access_user' && row.about ? refs[row.about] : undefined
  return account ?? t('audit.guest')
}
