import { decodeHTML } from 'entities'
import { Parser } from 'htmlparser2'

const BREAKS = new Set(['br', 'p', 'li', 'div', 'tr', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'ul', 'ol', 'table', 'section'])
const SILENT = new Set(['script', 'style', 'head', 'template'])

/** The words of a text that may be HTML, as a browser would show them: its tags are read, other angle brackets stay. */
export function textOfHtml(source: string): string {
  if (!/<[a-z/!]/i.test(source)) return decodeHTML(source).trim()
  let text = ''
  let silent = 0
  const parser = new Parser({
    onopentag(name) {
      if (SILENT.has(name)) silent += 1
      if (BREAKS.has(name)) text += '\n'
      if (name === 'td' || name === 'th') text += ' '
    },
    ontext(part) {
      if (silent === 0) text += part
    },
    onclosetag(name) {
      if (SILENT.has(name)) silent -= 1
      if (BREAKS.has(name)) text += '\n'
    },
  })
  parser.end(source.slice(0, 200_000))
  return text
    .split('\n')
    .map((line) => line.replace(/[^\S\n]+/g, ' ').trim())
    .filter(Boolean)
    .join('\n')
}

/** One line of words, as a name or a label holds it: what an export wrote as `&amp;` is a sign again. */
export const lineOfHtml = (source: string): string =>
  (/&[#\w]+;/.test(source) ? decodeHTML(source) : source).replace(/\s+/g, ' ').trim()
