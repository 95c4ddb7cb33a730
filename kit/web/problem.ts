import { fill } from '../problem.ts'
import type { Translate } from '../words.ts'
import { isProblem, type FieldIssue } from './request.ts'

/** The sentence for what went wrong: the words of its code, else what the server said. Bugs show their reference. */
export function problemText(t: Translate, error: unknown): string {
  if (!isProblem(error)) return t('problem.web.failure')
  if (error.code === 'kit.failure') return t('problem.kit.failure', { ref: error.traceId?.slice(-8) ?? '—' })
  const key = `problem.${error.code}`
  return t.has(key) ? t(key, params(t, error.params)) : fill(error.message, error.params)
}

/** States and fields inside a sentence are named in the person's language as well. */
function params(t: Translate, given: Readonly<Record<string, string | number>>): Record<string, string | number> {
  const named = { ...given }
  if (typeof named['state'] === 'string') named['state'] = t.of('state', named['state']).toLocaleLowerCase(t.locale)
  if (typeof named['field'] === 'string') named['field'] = t.of('field', named['field'])
  return named
}

/** What a field says under its input. Codes of zod and of our own checks have words; the rest says that it is not valid. */
export function issueText(t: Translate, issue: FieldIssue): string {
  for (const code of [issue.code, issue.message]) {
    if (code && t.has(`invalid.${code}`)) return t(`invalid.${code}`)
  }
  return t('invalid.custom')
}
