import type { FastifyInstance } from 'fastify'
import { CommonProblem, type Problem } from '../../problem.ts'

/** No form of ours holds things in things in things further than this. */
export const DEEPEST = 64
/** The longest is a count of two thousand lines, which has half as many. */
export const MOST_PARTS = 25_000

/**
 * What is refused before anything is parsed: lists and objects that stand in each other without end, or more members and
 * elements than are read in one turn. Stops as soon as it is too much.
 */
export function refusedShape(text: string): Problem | undefined {
  let [depth, parts, inText] = [0, 0, false]
  for (let at = 0; at < text.length; at++) {
    const sign = text.charCodeAt(at)
    if (inText) {
      if (sign === BACKSLASH) at++
      else if (sign === QUOTE) inText = false
    } else if (sign === QUOTE) inText = true
    else if (sign === BRACKET || sign === BRACE) {
      if (++depth > DEEPEST) return CommonProblem.badRequest()
      parts++
    } else if (sign === BRACKET_END || sign === BRACE_END) depth--
    else if (sign === COMMA) parts++
    if (parts > MOST_PARTS) return CommonProblem.tooManyParts({ most: MOST_PARTS })
  }
  return undefined
}
const [QUOTE, COMMA, BACKSLASH, BRACKET, BRACKET_END, BRACE, BRACE_END] = [34, 44, 92, 91, 93, 123, 125]

/** JSON without the signs that turn the writing round, written out or as escapes. */
export const bodyWithoutTurns = (text: string): string =>
  HAS_TURNS.test(text) ? text.replace(TURNS, (found, sign: string | undefined) => (sign === undefined ? found : '')) : text
const HAS_TURNS = /[\u202a-\u202e\u2066-\u2069]|\\u20[26]/i
// Each escape by itself: of a written backslash the second is no beginning.
const TURNS = /([\u202a-\u202e\u2066-\u2069]|\\u(?:202[a-e]|206[6-9]))|\\[^]/gi

/** Reads JSON as the server does by itself, but for what has no end: parsing that, and writing it anew, keeps everybody waiting. */
export function readJson(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error')
  app.removeContentTypeParser('application/json')
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    const refused = refusedShape(body as string)
    if (refused) done(refused)
    else void parse(request, bodyWithoutTurns(body as string), done)
  })
}
