import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { test } from 'node:test'
import { onEnd } from '#test/end.ts'
import { aCompany } from '#test/harness.ts'
import { until } from '#test/server.ts'
import { enqueue, job, startWorker } from './job.ts'

const world = await aCompany()
const { pool } = world.database

/** The database as the queue reaches it, which can be gone: what is open breaks, and nobody answers. */
async function aDoor() {
  const [, who, name, folder] = /\/\/([^@]*)@\/(\w+)\?host=(.+)/.exec(world.url)!
  const behind = `${decodeURIComponent(folder!)}/.s.PGSQL.5432`
  const open = new Set<Socket>()
  const server = createServer((socket) => {
    const far = connect(behind)
    for (const one of [socket, far]) {
      open.add(one)
      one.on('error', () => undefined).on('close', () => [socket, far].forEach((each) => each.destroy()))
    }
    socket.pipe(far).pipe(socket)
  })
  const listen = async (port: number) => {
    server.listen(port, '127.0.0.1')
    await once(server, 'listening')
    return (server.address() as AddressInfo).port
  }
  const port = await listen(0)
  const shut = () => {
    if (server.listening) server.close()
    for (const one of open) one.destroy()
    open.clear()
  }
  onEnd(shut)
  return { url: `postgres://${who}@127.0.0.1:${port}/${name}`, shut, open: () => listen(port) }
}

test('the database goes away just when jobs end: the program lives on, and what had failed is tried again, what was done is not', async () => {
  const door = await aDoor()
  const runs = { failing: 0, ending: 0 }
  const isDone = Promise.withResolvers<void>()
  const failing = job({
    name: 'test.failing',
    async run() {
      runs.failing += 1
      if (runs.failing > 1) return isDone.resolve()
      door.shut()
      throw new Error('the database has gone')
    },
  })
  const ending = job({
    name: 'test.ending',
    async run() {
      runs.ending += 1
      await until(
        async () => runs.failing,
        (times) => times > 0,
      )
    },
  })
  failing.mount()
  ending.mount()
  const worker = await startWorker(world.database, door.url)
  onEnd(() => worker.stop())
  await enqueue(pool, ending, {})
  await until(
    async () => runs.ending,
    (times) => times > 0,
  )
  await enqueue(pool, failing, {})
  await until(
    async () => runs.failing,
    (times) => times > 0,
  )
  await door.open()
  await isDone.promise
  const left = async () =>
    (await pool.query(`select task_identifier from graphile_worker.jobs where task_identifier like 'test.%'`)).rows
  await until(left, (rows) => rows.length === 0)
  assert.deepEqual(runs, { failing: 2, ending: 1 })
})
