import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
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

// Parts of libraries by the folder that they stand in, and our files that use them.
const FORMS = [
  /@mantine.core.*[\\/](Combobox|MultiSelect|TagsInput|Select|Tabs|PasswordInput|Textarea|Pill|PillsInput|Switch)([\\/]|$)/,
  // The menu has its check mark from there.
  /@mantine.core.*[\\/]Checkbox[\\/](?!CheckIcon)/,
  /@tanstack.(virtual-core|react-virtual)/,
  /kit.web.(inputs|DayInput|Field|RefPicker|EntityForm|Bubble|DetailPage|Verbs|History|LeaveGuard|ConflictDialog)\.tsx/,
  /kit.web.list[\\/]/,
]

export default defineConfig({
  root: 'web',
  plugins: [react(), precache(), compressed()],
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
        // What every page begins with is one file, what a dozen share another: they compress better than a hundred splinters.
        codeSplitting: {
          includeDependenciesRecursively: false,
          groups: [
            { name: 'first', tags: ['$initial'], test: (id) => !id.endsWith('sw.ts'), priority: 1 },
            // What forms and long lists need, and a till does not.
            { name: 'forms', test: (id) => FORMS.some((one) => one.test(id)), minShareCount: 2, priority: 1 },
            { name: 'common', minShareCount: 12 },
          ],
        },
      },
    },
  },
})
