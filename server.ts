import { join } from 'node:path'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Config } from '#kit/server/config.ts'
import { openDatabase, type Database } from '#kit/server/db.ts'
import { startDocs } from '#kit/server/docs.ts'
import { makeHttp, useUploads } from '#kit/server/http.ts'
import { startWorker } from '#kit/server/job.ts'
import { diskStore, useStore } from '#kit/server/store.ts'
import { flushActivity } from '#kit/server/activity.ts'
import { startSealing, useSigner } from '#kit/server/audit-seal.ts'
import { useAddress } from '#kit/server/address.ts'
import { flushLog, useLogServer } from '#kit/server/log-ship.ts'
import { startLive } from '#kit/server/live.ts'
import type { Module } from '#kit/server/module.ts'
import { keepMasterKey, readMasterKeys } from '#kit/server/master-key.ts'
import { sealOld } from '#kit/server/reseal.ts'
import { useMasterKeys } from '#kit/server/seal.ts'
import { startHealth } from '#kit/server/health.ts'
import { serveWeb } from '#kit/server/web.ts'
import { arrived, useCaptcha, useProvider } from '#modules/access/index.ts'
import { CAPTCHA_HOSTS } from '#modules/access/registration/captcha.rules.ts'
import access from '#modules/access/module.ts'
import analytics from '#modules/analytics/module.ts'
import { useMail, useSms } from '#modules/comms/index.ts'
import catalog from '#modules/catalog/module.ts'
import comms from '#modules/comms/module.ts'
import inventory from '#modules/inventory/module.ts'
import ledger from '#modules/ledger/module.ts'
import parties from '#modules/parties/module.ts'
import payments from '#modules/payments/module.ts'
import places from '#modules/places/module.ts'
import pos from '#modules/pos/module.ts'
import setup from '#modules/setup/module.ts'
import { kitRouteList } from '#kit/server/kit.routes.ts'

export const modules: readonly Module[] = [
  places,
  access,
  comms,
  parties,
  catalog,
  ledger,
  inventory,
  payments,
  pos,
  analytics,
  setup,
]

export interface Running {
  readonly app: FastifyInstance
  readonly database: Database
  stop(): Promise<void>
}

/** The services of others that this process uses. Called again when one of their secrets is another. */
export function useOthers(config: Partial<Config>): void {
  useMail(config)
  useLogServer(config)
  useSms(config)
  useCaptcha(config)
  useProvider(config)
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
  useOthers(config)
  useStore(diskStore(join(config.dataDir, 'files')))
  await useUploads(join(config.dataDir, 'uploads'))
  const visitor = (request: FastifyRequest) => arrived(database, request)
  const routes = [kitRouteList, ...modules.flatMap((module) => module.routes)]
  const app = await makeHttp({
    database,
    routes,
    visitor,
    ...(config.trustProxy && { trustProxy: config.trustProxy }),
    ...(config.requestsPerMinute && { requestsPerMinute: config.requestsPerMinute }),
    scriptHosts: config.captcha ? CAPTCHA_HOSTS[config.captcha.provider] : [],
  })
  startDocs(app, routes)
  const worker = config.role === 'web' ? undefined : await startWorker(database, urls.appUrl, { isAlone: urls.embedded === true })
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
