import { isTest } from './kinds.ts'
import { isNode, nameOf, quasisOf, textOf, walk, type Source, type SyntaxNode } from './source.ts'
import type { Violation } from './tree.ts'
import { branches } from './uses.ts'

const spoken = new Set(['label', 'title', 'placeholder', 'aria-label', 'aria-description', 'description', 'alt'])
/** What is the same in every language: units, names of keys and codes, our own name. */
const same = new Set(
  'kg g mg l ml m cm mm km KB MB GB ms s h px pcs PDF CSV XLSX SKU PIN ID URL QR Ctrl Alt Shift Esc Tab Enter Duka'.split(' '),
)

const isRead = (text: string): boolean => text.split(/[^\p{L}]+/u).some((word) => word.length > 1 && !same.has(word))

/**
 * Finds sentences that stand in a page and not in the words: text between tags, and what is read out or shown from an
 * attribute. A known key is no sentence; its component looks it up.
 */
export function checkSentences(sources: readonly Source[], isKey: (text: string) => boolean): Violation[] {
  return sources
    .filter(({ path }) => /^(?:web|kit\/web|modules)\//.test(path) && path.endsWith('.tsx') && !isTest(path))
    .flatMap((source) => {
      const found: Violation[] = []
      const note = (node: SyntaxNode, text: string) => {
        if (isRead(text) && !isKey(text))
          found.push({
            path: source.path,
            line: source.lineOf(node.start),
            rule: `a sentence in a page: “${text.trim().slice(0, 60)}”`,
            remedy: 'give it a key in the words of its module and show it with <T> or t()',
          })
      }
      walk(source.program, (node, parent) => {
        if (node.type === 'JSXText') note(node, String(node['value']))
        if (node.type === 'JSXAttribute' && spoken.has(attributeName(node)))
          for (const one of branches(node['value'])) note(one, fixedText(one))
        const isChild = parent?.type === 'JSXElement' || parent?.type === 'JSXFragment'
        if (node.type === 'JSXExpressionContainer' && isChild)
          for (const one of branches(node['expression'])) note(one, fixedText(one))
      })
      return found
    })
}

function attributeName(attribute: SyntaxNode): string {
  const name = attribute['name']
  return isNode(name) && name.type === 'JSXNamespacedName' ? '' : nameOf(name)
}

const fixedText = (node: SyntaxNode): string => textOf(node) ?? (node.type === 'TemplateLiteral' ? quasisOf(node).join(' ') : '')
