import { decodeHTML } from 'entities'
import { Parser } from 'htmlparser2'

const BREAKS = new Set(['br', 'p', 'li', 'div', 'tr', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'ul', 'ol', 'table', 'section'])
const SILENT = new Set(['script', 'style', 'head', 'template'])

// Elements that need no end.
const ENDLESS = new Set(
  'area base br col embed hr img input link meta source track wbr p li dt dd tr td th thead tbody tfoot option html head body'.split(
    ' ',
  ),
)
const KNOWN = new Set(
  `${[...ENDLESS].join(' ')} a abbr acronym address applet article aside audio b basefont bdi bdo big blockquote button canvas caption center cite code colgroup data datalist del details dfn dialog dir div dl em fieldset figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6 header hgroup i iframe ins kbd label legend main map mark menu meter nav noframes noscript object ol optgroup output picture pre progress q rp rt ruby s samp script search section select slot small span strike strong style sub summary sup svg table template textarea time title tt u ul var video`.split(
    ' ',
  ),
)

/** "Use <M> or <L>" names sizes: what HTML does not know, or what is opened and never closed, is text. */
function withoutFalseTags(source: string): string {
  const ends = new Set([...source.matchAll(/<\/([a-z][a-z0-9]*)\s*>/gi)].map(([, name]) => name!.toLowerCase()))
  return source.replace(/<(\/?)([a-z][\w:-]*)([\s/>]?)/gi, (tag, slash: string, written: string, next: string) => {
    const name = written.toLowerCase()
    const isTag = next !== '' && KNOWN.has(name) && (slash !== '' || ENDLESS.has(name) || ends.has(name))
    return isTag ? tag : `&lt;${slash}${written}${next}`
  })
}

/** The words of a text that may be HTML, as a browser would show them: its tags are read, other angle brackets stay. */
export function textOfHtml(source: string): string {
  const marked = withoutFalseTags(source.slice(0, 200_000))
  if (TAG.test(marked)) return wordsOf(marked)
  // Some shops' files have the tags themselves escaped: "&lt;p&gt;Fine&lt;/p&gt;".
  const plain = decodeHTML(marked)
  const once = withoutFalseTags(plain)
  return TAG.test(once) ? wordsOf(once) : plain.trim()
}
const TAG = /<[a-z/!]/i

function wordsOf(marked: string): string {
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
  parser.end(marked)
  return text
    .split('\n')
    .map((line) => line.replace(/[^\S\n]+/g, ' ').trim())
    .filter(Boolean)
    .join('\n')
}

/** One line of words, as a name or a label holds it: what an export wrote as `&amp;` is a sign again. */
export const lineOfHtml = (source: string): string =>
  (/&[#\w]+;/.test(source) ? decodeHTML(source) : source).replace(/\s+/g, ' ').trim()
