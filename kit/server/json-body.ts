import type { FastifyInstance } from 'fastify'
import { CommonProblem } from '../problem.ts'

/** No form of ours holds things in things in things further than this. */
export const DEEPEST = 64

/** How deep lists and objects stand in each other, told before anything is parsed; stops as soon as it is too deep. */
export function isTooDeep(text: string, most = DEEPEST): boolean {
  let [depth, inText] = [0, false]
  for (let at = 0; at < text.length; at++) {
    const sign = text.charCodeAt(at)
    if (inText) {
      if (sign === BACKSLASH) at++
      else if (sign === QUOTE) inText = false
    } else if (sign === QUOTE) inText = true
    else if (sign === BRACKET || sign === BRACE) {
      if (++depth > most) return true
    } else if (sign === BRACKET_END || sign === BRACE_END) depth--
  }
  return false
}
const [QUOTE, BACKSLASH, BRACKET, BRACKET_END, BRACE, BRACE_END] = [34, 92, 91, 93, 123, 125]

/** Reads JSON as the server does by itself, but for what is nested without end: parsing that, and writing it anew, costs a stack. */
export function readJson(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error')
  app.removeContentTypeParser('application/json')
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (isTooDeep(body as string)) done(CommonProblem.badRequest())
    else void parse(request, body as string, done)
  })
}
