import { removeBytes } from '../files/file.ts'
import { filesNamed, sweepNightly } from '../files/sweep.ts'
import { declaredColumns, ownColumns } from '../import/custom.ts'
import { workLater } from '../import/later.ts'
import { importsNamed } from '../import/upload.ts'
import { importsWait } from '../import/waiting.ts'
import { workImport } from '../import/work.ts'
import { kitKept, tracesForget } from '../list/keeping.kinds.ts'
import { forgetNightly } from '../list/keeping.ts'
import { logsAdapter } from '../outside/logs.adapter.ts'
import { printsLists } from '../paper/list.ts'
import { recordParts } from '../record/record.parts.ts'
import { kitRoutes, recordRoutes } from './kit.routes.ts'
import { module } from './module.ts'
import { resealJob } from '../vault/reseal.ts'

/** What stands under every module. */
export const kit = module({
  name: 'kit',
  depends: [],
  parts: [
    logsAdapter,
    printsLists,
    ownColumns,
    declaredColumns,
    removeBytes,
    resealJob,
    workImport,
    importsWait,
    workLater,
    forgetNightly,
    filesNamed,
    importsNamed,
    sweepNightly,
    ...kitKept,
    tracesForget,
    ...recordParts,
  ],
  routes: [kitRoutes, recordRoutes],
})
