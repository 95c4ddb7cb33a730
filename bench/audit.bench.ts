import { spawnSync } from 'node:child_process'
import { createWriteStream } from 'node:fs'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { exportTrail } from '#kit/server/edge/audit-export.ts'
import { sealTrail } from '#kit/server/door/audit-seal.ts'
import { openDatabase } from '#kit/server/data/db.ts'
import { aDuka, root, type Figure } from './lib.ts'

const ENTRIES = Number(process.env['BENCH_AUDIT'] ?? 1_000_000)

/** How long it takes to verify a trail of a million entries, and what sealing them costs. */
export async function bench(): Promise<Figure[]> {
  const duka = await aDuka()
  const folder = await mkdtemp(join(tmpdir(), 'duka-audit-'))
  const database = openDatabase(duka.postgres.appUrl, { max: 2 })
  try {
    // The years are invented; near enough to now that nothing else seals them meanwhile, because the server looks back 90 seconds.
    await duka.pool(1).query(
      `insert into audit_entry (id, at, actor_kind, actor_name, command, input, trace_id, address, device)
       select uuidv7(now() - interval '3 days' + n * interval '0.2 seconds' - now()), now() - interval '3 days' + n * interval '0.2 seconds',
         'user', 'Amina Otieno', 'pos.completeSale', jsonb_build_object('till', uuidv7(), 'total', n::text, 'lines', jsonb_build_array(uuidv7(), uuidv7())),
         uuidv7()::text, '192.0.2.7', 'Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/142.0 Mobile'
       from generate_series(1, $1::int) n`,
      [ENTRIES],
    )
    const sealing = performance.now()
    // The server seals too; while it does, this one passes.
    const isLeft = async () =>
      (
        await database.pool.query<{ left: boolean }>(
          'select (select count(*) from audit_entry) > (select coalesce(sum(entries), 0) from audit_seal) as left',
        )
      ).rows[0]!.left
    while (await isLeft()) await sealTrail(database, 'all')
    const sealMs = performance.now() - sealing
    const path = join(folder, 'trail')
    const out = createWriteStream(path)
    const exporting = performance.now()
    await exportTrail(database, out)
    await new Promise<void>((resolve) => out.end(resolve))
    const exportMs = performance.now() - exporting
    const started = performance.now()
    const done = spawnSync(process.execPath, [join(root, 'bin/verify-audit.ts'), path], { encoding: 'utf8' })
    const seconds = (performance.now() - started) / 1000
    if (done.status !== 0) throw new Error(done.stderr)
    const { size } = await stat(path)
    return [
      {
        what: `verifying a trail of ${ENTRIES.toLocaleString('en')} entries`,
        value: seconds,
        unit: 's',
        promise: '< 30 s',
        kept: seconds < 30,
        note: `${Math.round(size / 1e6)} MB; sealing ${((sealMs * 1000) / ENTRIES).toFixed(0)} µs an entry, export ${(exportMs / 1000).toFixed(0)} s. ${done.stdout.trim()}`,
      },
    ]
  } finally {
    await database.close()
    await duka.stop()
    await rm(folder, { recursive: true, force: true })
  }
}
