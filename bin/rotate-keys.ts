import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { readConfig } from '#kit/server/host/config.ts'
import { openDatabase } from '#kit/server/data/db.ts'
import { keepMasterKey, makeNextMasterKey, readMasterKeys } from '#kit/server/data/master-key.ts'
import { reachPostgres } from '#kit/server/host/postgres.ts'
import { newFieldsKey, reseal, rewrap } from '#kit/server/vault/reseal.ts'
import { diskStore, useStore } from '#kit/server/vault/store.ts'
import { useMasterKeys } from '#kit/server/data/seal.ts'
// The modules say where their own code keeps what it has sealed.
import '../server.ts'

/**
 * `bin/rotate-keys`: a new key for the fields, and everything sealed anew with it. `bin/rotate-keys --master`: another master
 * key, by which all keys are wrapped. Both while the shop is selling.
 */
if (existsSync('.env')) process.loadEnvFile('.env')
const config = readConfig(process.env, [])
const isMaster = process.argv.includes('--master')
const say = (sentence: string) => console.log(`  ${sentence}`)
const postgres = await reachPostgres({ ...config, say })
const database = openDatabase(postgres.appUrl, { max: 2, name: 'duka-rotate-keys' })
const ask = () => readMasterKeys(config.dataDir, config)
try {
  useMasterKeys(await ask(), ask)
  useStore(diskStore(join(config.dataDir, 'files')))
  await (isMaster ? newMaster() : newFields())
} finally {
  await database.close()
  await postgres.stop()
}

async function newFields(): Promise<void> {
  const client = await database.pool.connect()
  await client.query('begin')
  const generation = await newFieldsKey(client)
  await client.query('commit')
  client.release()
  say(`Key ${generation} is in use. Sealing anew what older keys have sealed…`)
  say(`${await reseal(database)} values were sealed anew.`)
}

async function newMaster(): Promise<void> {
  const isGiven = Boolean(config.masterKey ?? config.masterKeyKms)
  if (isGiven && !config.masterKeyNext)
    throw new Error('Give the new master key in DUKA_MASTER_KEY_NEXT, to this command and to the running program.')
  const next = config.masterKeyNext ? Buffer.from(config.masterKeyNext, 'base64') : await makeNextMasterKey(config.dataDir)
  useMasterKeys(await ask(), ask)
  const client = await database.pool.connect()
  await rewrap(client, next)
  client.release()
  if (isGiven) say('All keys are wrapped by the new master key. Put it into DUKA_MASTER_KEY, and take DUKA_MASTER_KEY_NEXT away.')
  else {
    await keepMasterKey(config.dataDir, database)
    say(
      `All keys are wrapped by the new master key in ${config.dataDir}/keys/master.key. Keep a copy of it apart from the backups.`,
    )
  }
}
