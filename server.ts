import { join } from 'node:path'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Config } from '#kit/server/host/config.ts'
import { openDatabase, type Database } from '#kit/server/data/db.ts'
import { startDocs } from '#kit/server/edge/docs.ts'
import { makeHttp, useUploads } from '#kit/server/edge/http.ts'
import { startWorker } from '#kit/server/door/job.ts'
import { beginDue } from '#kit/server/door/scheduled.ts'
import { diskStore, useStore } from '#kit/server/vault/store.ts'
import { flushActivity } from '#kit/server/door/activity.ts'
import { startSealing, useSigner } from '#kit/server/door/audit-seal.ts'
import { useAddress } from '#kit/server/host/address.ts'
import { flushLog } from '#kit/server/host/log-ship.ts'
import { startLive } from '#kit/server/edge/live.ts'
import { actRoutes } from '#kit/server/list/acts.ts'
import { kit } from '#kit/server/edge/kit.module.ts'
import { mounted, type Manifest } from '#kit/server/edge/module.ts'
import { keepMasterKey, readMasterKeys } from '#kit/server/data/master-key.ts'
import { sealOld } from '#kit/server/vault/reseal.ts'
import { useMasterKeys } from '#kit/server/data/seal.ts'
import { startHealth } from '#kit/server/edge/health.ts'
import { arrived } from '#kit/server/edge/visitor.ts'
import { allowThisMachine } from '#kit/server/outside/reach.ts'
import { pageHosts, useEnvironment, useTyped } from '#kit/server/outside/values.ts'
import { serveWeb } from '#kit/server/edge/web.ts'
import { moduleNames } from '#modules/list.ts'

const manifests = moduleNames.map((name) => import(`./modules/${name}/module.ts`) as Promise<{ default: Manifest }>)
const brought = (await Promise.all(manifests)).map((one) => one.default)
// What is done to one record can be done to several: that follows from the routes of all.
const acts = actRoutes([kit, ...brought].flatMap((one) => one.routes))
export const modules = mounted({ ...kit, routes: [...kit.routes, acts] }, ...brought)

export interface Running {
  readonly app: FastifyInstance
  readonly database: Database
  stop(): Promise<void>
}

/** Puts the parts together: database → modules → HTTP and worker. Everything is stopped in the reverse order. */
export async function serve(
  config: Pick<Config, 'host' | 'port' | 'role' | 'dataDir'> & Partial<Config>,
  urls: { appUrl: string; embedded?: boolean },
  root: string,
): Promise<Running> {
  const database = openDatabase(urls.appUrl)
  const masterKeys = () => readMasterKeys(config.dataDir, config)
  useMasterKeys(await masterKeys(), masterKeys)
  await sealOld(database)
  await keepMasterKey(config.dataDir, database)
  useSigner(database.keys.signer)
  allowThisMachine(config.production !== true)
  useEnvironment(config.environment ?? {})
  await useTyped(database)
  useStore(diskStore(join(config.dataDir, 'files')))
  await useUploads(join(config.dataDir, 'uploads'))
  const visitor = (request: FastifyRequest) => arrived(database, request)
  const routes = modules.flatMap((module) => module.routes)
  const app = await makeHttp({
    database,
    routes,
    visitor,
    ...(config.trustProxy && { trustProxy: config.trustProxy }),
    ...(config.requestsPerMinute && { requestsPerMinute: config.requestsPerMinute }),
    scriptHosts: pageHosts,
  })
  startDocs(app, routes)
  const worker =
    config.role === 'web'
      ? undefined
      : await startWorker(database, urls.appUrl, { isAlone: urls.embedded === true, tick: beginDue })
  const sealing = config.role === 'web' ? undefined : await startSealing(database, join(config.dataDir, 'audit'))
  startHealth(app, database, () => worker !== undefined || config.role === 'web')
  const live = await startLive(app, database, urls.appUrl, (request) => arrived(database, request, { isHand: false }))
  await serveWeb(app, root)
  await app.listen({ host: config.host, port: config.port })
  const bound = app.server.address()
  useAddress(config.publicUrl ?? `http://localhost:${typeof bound === 'object' && bound ? bound.port : config.port}`)
  return {
    app,
    database,
    async stop() {
      await live.stop()
      await app.close()
      await worker?.stop()
      await sealing?.stop()
      await flushActivity(database)
      await flushLog()
      await database.close()
    },
  }
}
