import { fill, type Problem } from '../../problem.ts'
import type { Translate } from '../../words.ts'
import { fieldIssues, isProblem, type FieldIssue, type ProblemError } from './request.ts'

/** The sentence for what went wrong: the words of its code, else what the server said. Bugs show their reference. */
export function problemText(t: Translate, error: unknown): string {
  if (!isProblem(error)) return t('problem.web.failure')
  if (error.code === 'kit.failure') return t('problem.kit.failure', { ref: error.traceId?.slice(-8) ?? '—' })
  const issue = error.code === 'kit.invalid' ? firstIssue(t, error) : null
  if (issue) return issue
  const key = `problem.${error.code}`
  return t.has(key) ? t(key, params(t, error.params)) : fill(error.message, error.params)
}

/** The same for what a page finds by the rule of the server, before anything is sent. */
export const foundText = (t: Translate, { code, message, params: facts }: Problem): string =>
  t.has(`problem.${code}`) ? t(`problem.${code}`, params(t, facts as Readonly<Record<string, string>>)) : message

/** States and fields inside a sentence are named in the person's language as well. */
function params(t: Translate, given: Readonly<Record<string, string | number>>): Record<string, string | number> {
  const named = { ...given }
  if (typeof named['state'] === 'string') named['state'] = t.of('state', named['state']).toLocaleLowerCase(t.locale)
  if (typeof named['field'] === 'string') named['field'] = t.of('field', named['field'])
  // Why a file is no table.
  if (typeof named['table'] === 'string') named['why'] = t(`table.${named['table']}`, named)
  return named
}

/**
 * What a field says under its input: the most telling words that there are for it. How long a text may be, how large a number,
 * which form is expected; a plain "not valid" helps nobody, so every code that a schema can give has its words.
 */
export function issueText(t: Translate, issue: FieldIssue): string {
  // Of a text of no letters "at least 1 character" says less.
  if (issue.code === 'too_small' && issue.of === 'string' && issue.n === '1') return t('invalid.required')
  const codes = [issue.of && `${issue.code}.${issue.of}`, issue.format, issue.code, issue.message]
  for (const code of codes) {
    if (code && t.has(`invalid.${code}`)) return t(`invalid.${code}`, issue.n === undefined ? {} : { n: issue.n })
  }
  return t('invalid.custom')
}

/** Whose fault it is where no input shows it: the first field that was refused, and why. */
function firstIssue(t: Translate, error: ProblemError): string | null {
  const [found] = Object.entries(fieldIssues(error))
  if (!found) return null
  const name = found[0].split('.').findLast((part) => !/^\d+$/.test(part)) ?? ''
  const label = t.has(`field.${name}`) ? t(`field.${name}`) : null
  return label ? `${label}: ${issueText(t, found[1])}` : issueText(t, found[1])
}
