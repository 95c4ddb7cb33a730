import { collectDefaultMetrics, Counter, Histogram, Registry } from 'prom-client'

export const registry = new Registry()
collectDefaultMetrics({ register: registry, prefix: 'duka_' })

const requests = new Histogram({
  name: 'duka_http_request_seconds',
  help: 'Time to answer a request, by route',
  labelNames: ['method', 'route', 'status'],
  buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
  registers: [registry],
})

export const observe = (method: string, route: string, status: number, ms: number): void =>
  requests.labels(method, route, String(status)).observe(ms / 1000)

/** A counter of the kit or of a module; names follow Prometheus' conventions. */
export const counter = (name: string, help: string, labelNames: string[] = []): Counter =>
  new Counter({ name, help, labelNames, registers: [registry] })
