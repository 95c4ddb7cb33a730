import { globSync, readFileSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants } from 'node:zlib'
import react from '@vitejs/plugin-react'
import mantine from 'postcss-preset-mantine'
import { defineConfig, type Plugin } from 'vite'

/**
 * Puts the list of built files into the service worker, so that a till that has lost the network still has every page.
 * Fonts are left out: a browser fetches the ones it needs, and the worker keeps those.
 */
const precache = (): Plugin => ({
  name: 'duka:precache',
  apply: 'build',
  // After the page, which takes an entry that only imports into itself: that file is never written.
  enforce: 'post',
  generateBundle(_, bundle) {
    const worker = Object.values(bundle).find((file) => file.type === 'chunk' && file.fileName === 'sw.js')
    if (worker?.type !== 'chunk') throw new Error('the service worker was not built')
    if (worker.imports.length > 0) throw new Error('the service worker must stand alone: it imports nothing')
    // Common passwords are looked up where one is chosen, which takes a network anyway: no till keeps their list.
    const isKept = (file: (typeof bundle)[string]) =>
      file.type === 'asset' || !file.moduleIds.some((id) => id.includes('@zxcvbn-ts/language-common'))
    const files = Object.entries(bundle).flatMap(([name, file]) =>
      /\.(js|css)$/.test(name) && name !== 'sw.js' && isKept(file) ? [name] : [],
    )
    worker.code = worker.code.replace('__ASSETS__', JSON.stringify(files.sort().map((name) => `/${name}`)))
  },
})

/** Compresses each script and style sheet once, here, better than a server could while somebody waits. */
const compressed = (): Plugin => ({
  name: 'duka:compressed',
  apply: 'build',
  async writeBundle({ dir }, bundle) {
    const small = promisify(brotliCompress)
    const params = { [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT, [constants.BROTLI_PARAM_QUALITY]: 11 }
    const paths = Object.keys(bundle).filter((name) => /\.(js|css)$/.test(name))
    await Promise.all(
      paths.map(async (name) => {
        const path = join(dir!, name)
        await writeFile(`${path}.br`, await small(await readFile(path), { params }))
      }),
    )
  },
})

/**
 * Sentences stand with the modules that say them. Pages fetch them in two files a language: what the pages without a frame
 * can say, which stand on some modules only, and the rest. What is written to people in mail and SMS is worded on the server.
 */
const words = (): Plugin => {
  const root = import.meta.dirname
  const read = (path: string) => readFileSync(join(root, path), 'utf8')
  const below = (name: string): string[] => {
    const depends = /depends: \[([^\]]*)\]/.exec(read(`modules/${name}/module.ts`))?.[1] ?? ''
    return [name, ...(depends.match(/\w+/g) ?? []).flatMap(below)]
  }
  // What may lie over any page, as the question for a second person, is said there as well.
  const over = [...read('web/App.tsx').matchAll(/#modules\/(\w+)\//g)].map((match) => match[1]!)
  const bare = globSync('modules/*/bare.tsx', { cwd: root }).map((path) => basename(dirname(path)))
  const early = new Set([...bare, ...over].flatMap(below))
  const isEarly = (path: string) => !path.startsWith('modules') || early.has(path.split(/[\\/]/)[1]!)
  const files = (language: string) =>
    globSync([`kit/words/${language}.json`, `web/words/${language}.json`, `modules/*/words/${language}.json`], {
      cwd: root,
    }).sort()
  const isOfPages = ([key]: [string, string]) => !/^message\..*\.(?:subject|text|sms)$/.test(key)
  // What is only said inside the frame: timelines, notices, imports, the palette, settings, goods papers, returns.
  const isOfFrame = (key: string) =>
    /^(?:about|acts|adapter|also|apiKeys|arrival|audit|back|board|command|entry|finder|goods|group|import|keeping|label|lot|notice|noticeHint|noticeKind|numbers|party|periods|product|return|roleHint|roles|scheduled|section|stockCount|timeline|transferProposals|trial|waiting|why)\./.test(
      key,
    )
  return {
    name: 'duka:words',
    resolveId: (id) => (id.startsWith('virtual:words') ? `\0${id}` : undefined),
    load(id) {
      const [, part, language] = /^\0virtual:words(?:\/(first|rest)\/([\w-]+))?$/.exec(id) ?? [undefined]
      if (part && language) {
        const isFirst = part === 'first'
        const own = files(language).filter((path) => !isFirst || isEarly(path))
        for (const path of own) this.addWatchFile(join(root, path))
        const said = (path: string) => Object.entries(JSON.parse(read(path)) as Record<string, string>)
        const all = own
          .flatMap((path) => said(path).filter(([key]) => (isEarly(path) && !isOfFrame(key)) === isFirst))
          .filter(isOfPages)
        return `export default JSON.parse(${JSON.stringify(JSON.stringify(Object.fromEntries(all)))})`
      }
      if (id !== '\0virtual:words') return undefined
      const languages = [...new Set(files('*').map((path) => basename(path, '.json')))].filter((one) => one !== 'families')
      const loads = (name: string) =>
        `export const ${name} = { ${languages.map((one) => `'${one}': () => import('virtual:words/${name}/${one}')`).join(', ')} }`
      return `${loads('first')}\n${loads('rest')}`
    },
  }
}

// Parts of libraries by the folder that they stand in, and our files that use them.
const FORMS = [
  /@mantine.core.*[\\/](Combobox|MultiSelect|TagsInput|Select|Tabs|PasswordInput|Textarea|Pill|PillsInput|Switch)([\\/]|$)/,
  // The menu has its check mark from there.
  /@mantine.core.*[\\/]Checkbox[\\/](?!CheckIcon)/,
  /@tanstack.(virtual-core|react-virtual)/,
  /kit.web.(?:input.(?:inputs|DayInput|SearchSelect)|look.(?:Bubble|LeaveGuard)|entity.(?:RefPicker|Verbs|History))\.tsx/,
  /kit.web.review.(?:ActReview|ReasonedReview)\.tsx/,
  /kit.web.(?:form.(?!form\.ts)|list.|record.|document.(?!MailPaper))/,
  /modules.access.(?:role|history)[\\/].*\.tsx$/,
]

interface Graph {
  getModuleInfo(id: string): { importedIds: string[]; dynamicallyImportedIds: string[] } | null
}
/**
 * What the pages inside the frame declare and nothing reaches without them. The site map itself stays with its icons, which come
 * from one file that many name: two files that need each other would begin before the other is there.
 */
function siteMap(): (id: string, graph: Graph) => string | null {
  let only: Set<string> | undefined
  return (id, graph) => {
    only ??= reached(graph, [framed], false).difference(reached(graph, [join(import.meta.dirname, 'web/main.tsx')], true))
    return only.has(id) && id !== framed && !/[\\/]pages\.tsx$/.test(id) ? 'site' : null
  }
}

const framed = join(import.meta.dirname, 'web/framed.ts')

function reached(graph: Graph, from: readonly string[], isWhole: boolean): Set<string> {
  const found = new Set(from)
  for (const id of found) {
    const { importedIds = [], dynamicallyImportedIds = [] } = graph.getModuleInfo(id) ?? {}
    for (const next of [...importedIds, ...(isWhole ? dynamicallyImportedIds : [])]) if (next !== framed) found.add(next)
  }
  return found
}

/**
 * Icons, styles and rules that stand on nothing else and that a few pages share: a request costs a phone more than their few hundred
 * bytes. Those that a till may need are a file of their own.
 */
function splinters(): (id: string, graph: Graph) => string | null {
  let till: Set<string> | undefined
  return (id, graph) => {
    till ??= reached(graph, [join(import.meta.dirname, 'modules/pos/selling/sell.page.tsx')], false)
    const isAlone = /tabler.icons-react/.test(id) || graph.getModuleInfo(id)?.importedIds.length === 0
    return isAlone ? (till.has(id) ? 'small-till' : 'small') : null
  }
}

export default defineConfig({
  root: 'web',
  plugins: [react(), words(), precache(), compressed()],
  css: { postcss: { plugins: [mantine()] } },
  server: { port: 5173, proxy: { '/api': 'http://127.0.0.1:4000' } },
  build: {
    outDir: '../dist',
    emptyOutDir: true,
    manifest: true,
    target: ['es2023', 'safari17', 'chrome111', 'firefox115'],
    // Everything is a file: an inlined asset would need `data:` in the content security policy.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1000,
    rolldownOptions: {
      input: { index: 'web/index.html', sw: 'web/sw.ts' },
      output: {
        entryFileNames: (chunk) => (chunk.name === 'sw' ? 'sw.js' : 'assets/[name]-[hash].js'),
        // “virtual:words/first/en” is `words-first-en`.
        chunkFileNames: ({ name, facadeModuleId }) =>
          `assets/${
            /virtual:(words)\/(\w+)\/([\w-]+)$/
              .exec(facadeModuleId ?? '')
              ?.slice(1)
              .join('-') ?? name
          }-[hash].js`,
        // What every page begins with is one file, what a dozen share another: they compress better than a hundred splinters.
        codeSplitting: {
          includeDependenciesRecursively: false,
          groups: [
            { name: 'first', tags: ['$initial'], test: (id) => !id.endsWith('sw.ts'), priority: 1 },
            // What forms and long lists need, and a till does not.
            { name: 'forms', test: (id) => FORMS.some((one) => one.test(id)), minShareCount: 2, priority: 1 },
            // The menu of the shell needs it as well, and no list.
            { name: 'form', test: /kit.web.form.form\.ts$/, minShareCount: 2, priority: 1 },
            // What the site map names, and a page without a frame does not: one file instead of sixty.
            { name: siteMap(), debugName: 'site', priority: 1 },
            { name: 'common', minShareCount: 12 },
            { name: splinters(), debugName: 'small', minShareCount: 2, maxModuleSize: 6_000 },
          ],
        },
      },
    },
  },
})
