import { CommonProblem, problems, type Problem } from '../../problem.ts'
import { asPgError } from './db.ts'

/** What lies outside of the program and passes: asked again later, the same request succeeds. */
export const OutageProblem = problems('kit.outage', {
  disk: {
    status: 503,
    say: 'The disk of the server is full, so nothing can be saved. Whoever looks after the server must make room.',
  },
  database: { status: 503, say: 'The database does not answer at the moment. Nothing was lost: try again in a minute.' },
})

// PostgreSQL: disk_full; the class of what the machine itself could not do; connections; being shut down or started.
const DISK = new Set(['53100', 'ENOSPC', 'EDQUOT'])
const MACHINE = /^(58030|58000|53000|53200|53300|53400|08...|57P0[1-4])$/
const AWAY = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENOENT'])
// What the driver says without a code when its connection has gone.
const GONE =
  /^(Connection terminated|Client has encountered a connection error|Client was closed|Query cannot be sent on a closed|Cannot use a pool after|Connection ended|The server closed)/

/** @returns what to tell somebody whose request met it, or nothing when it was a mistake of ours */
export function outageOf(error: unknown): Problem | undefined {
  if (!(error instanceof Error)) return undefined
  // Several addresses of one name were tried.
  if (error instanceof AggregateError && error.errors.length > 0) return outageOf(error.errors[0])
  const code = asPgError(error)?.code ?? String((error as { code?: unknown }).code ?? '')
  if (DISK.has(code)) return OutageProblem.disk()
  const isCall = (error as { syscall?: unknown }).syscall !== undefined
  const isAway = AWAY.has(code) && isCall && !isOfFiles(error)
  // All connections are in use.
  if (error.message.startsWith('timeout exceeded when trying to connect')) return CommonProblem.busy()
  if (MACHINE.test(code) || isAway || GONE.test(error.message)) return OutageProblem.database()
  return error.cause === undefined ? undefined : outageOf(error.cause)
}

// A file that is not there is no database that is not there.
const isOfFiles = (error: Error): boolean =>
  !/^(connect|read|write|getaddrinfo)/.test(String((error as { syscall?: unknown }).syscall))
