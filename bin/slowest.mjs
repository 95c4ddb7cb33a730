/** Where the time of a run of tests goes: its slowest files, after everything else. A reporter of `node --test`. */
export default async function* slowest(source) {
  const files = new Map()
  for await (const { type, data } of source) if (type === 'test:summary' && data.file) files.set(data.file, data.duration_ms)
  if (files.size < 10) return
  yield '\nSlowest files:\n'
  for (const [file, ms] of [...files].toSorted(([, a], [, b]) => b - a).slice(0, 15))
    yield `${(ms / 1000).toFixed(1).padStart(7)} s  ${file.split('/').slice(-3).join('/')}\n`
}
