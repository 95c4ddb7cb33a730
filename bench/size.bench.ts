import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { firstLoad, TILL_KB } from '../bin/checks/size.ts'
import { root, type Figure } from './lib.ts'

/** The first load of a till, as `bin/check` judges it. */
export async function bench(): Promise<Figure[]> {
  execFileSync('node', [join(root, 'bin/launch.mjs'), 'build'], { stdio: 'inherit' })
  const { kilobytes, words, files } = firstLoad(root)
  return [
    {
      what: 'first load of the till, script',
      value: kilobytes,
      unit: 'kB',
      promise: `< ${TILL_KB} kB compressed`,
      kept: kilobytes < TILL_KB,
      note: `${files} files, of it ${words.toFixed(0)} kB words`,
    },
  ]
}
