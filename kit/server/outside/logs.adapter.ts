import { z } from 'zod'
import { useLogServer } from '../host/log-ship.ts'
import { adapter, AdapterProblem } from './adapter.ts'
import { askService, reachable, troubleWith } from './reach.ts'

/** Another system that takes the log and the activity as they happen. */
export const logsAdapter = adapter('logs', {
  group: 'advanced',
  fields: {
    url: { kind: 'address', isNeeded: true, isTarget: true, most: 500 },
    token: { kind: 'secret' },
  },
  environment: {
    LOG_URL: { gives: 'url', judge: z.url('LOG_URL must be an address like https://logs.example.com/duka') },
    LOG_TOKEN: { gives: 'token', with: 'LOG_URL', isSecret: true },
  },
  use(values, how) {
    const [url, token] = [values && String(values['url']), values && String(values['token'] ?? '')]
    if (!url || !how.isTyped) return useLogServer(url, token)
    useLogServer(undefined)
    reachable(new URL(url).hostname, how).then(
      () => useLogServer(url, token),
      // The page says so when it is tried; nothing is sent there.
      () => undefined,
    )
  },
  async test(values, { now, isTyped }) {
    const url = String(values['url'])
    const headers = {
      'content-type': 'application/x-ndjson',
      ...(values['token'] && { authorization: `Bearer ${values['token']}` }),
    }
    const body = `${JSON.stringify({ time: now.toString(), level: 'info', message: 'a trial from Duka' })}\n`
    const { hostname } = new URL(url)
    const response = await askService(url, { method: 'POST', headers, body }, { isTyped }).catch((error: unknown) => {
      throw troubleWith(hostname, error)
    })
    if (!response.ok) throw AdapterProblem.failed({ said: `HTTP ${response.status}` })
    return { host: hostname }
  },
  simulator: () => import('./logs.simulator.ts'),
})
