import assert from 'node:assert/strict'
import { until, type Client } from './server.ts'

export interface Refused {
  readonly rowNumber: number
  readonly field: string | null
  readonly problem: string
  readonly params: Record<string, unknown>
  readonly isWarning: boolean
}
interface Run {
  readonly state: string
  readonly rowsNew: number
  readonly rowsChanged: number
  readonly rowsSame: number
  readonly rowsRefused: number
  readonly failure: string | null
  readonly findings: {
    hidden?: number
    asks?: { option: string; field: string; readings?: string[]; said?: string; answers?: string[] }[]
    unused?: string[]
  }
}

/** A file as a person brings it: chosen, checked with what they decided, imported, taken back. */
export async function bring(
  client: Client,
  kind: string,
  content: string | Buffer,
  { options = {}, name = 'file.csv', mapping: chosen }: { options?: object; name?: string; mapping?: object } = {},
) {
  const uploaded = await client.upload(`/imports?kind=${kind}`, name, content)
  assert.equal(uploaded.status, 201, JSON.stringify(uploaded.body))
  const { id, header } = uploaded.body as { id: string; header: string[] }
  const mapping = (chosen ?? uploaded.body.mapping) as Record<string, string>
  const look = async (...wanted: string[]) => {
    const { body } = await until(
      () => client.call(`GET /imports/${id}`),
      (answer) => wanted.includes(answer.body.run.state),
    )
    const { run, refusals } = body as { run: Run; refusals: Refused[] }
    const counts = { state: run.state, new: run.rowsNew, changed: run.rowsChanged, same: run.rowsSame, refused: run.rowsRefused }
    return {
      ...counts,
      counts: [counts.new, counts.changed, counts.same, counts.refused],
      asks: run.findings.asks ?? [],
      unused: run.findings.unused ?? [],
      hidden: run.findings.hidden ?? 0,
      refusals: refusals.filter((one) => !one.isWarning),
      warnings: refusals.filter((one) => one.isWarning),
      failure: run.failure,
    }
  }
  const check = async (decided: object = options) => {
    const answer = await client.call(`POST /imports/${id}/check`, { mapping, options: decided })
    assert.equal(answer.status, 200, JSON.stringify(answer.body))
    return look('checked', 'failed')
  }
  return {
    id,
    header,
    mapping,
    look,
    check,
    async apply() {
      const answer = await client.call(`POST /imports/${id}/application`)
      assert.equal(answer.status, 200, JSON.stringify(answer.body))
      return look('applied', 'failed')
    },
    async undo() {
      const answer = await client.call(`POST /imports/${id}/undo`)
      assert.equal(answer.status, 200, JSON.stringify(answer.body))
      return look('undone', 'failed')
    },
  }
}

/** Checks and imports; what the dry run said is what happened, or this fails. */
export async function take(client: Client, kind: string, content: string | Buffer, options: Parameters<typeof bring>[3] = {}) {
  const file = await bring(client, kind, content, options)
  const checked = await file.check()
  const applied = await file.apply()
  assert.deepEqual([applied.state, applied.counts], ['applied', checked.counts], JSON.stringify([checked, applied]))
  return { ...file, checked, applied }
}
