import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { query } from '#kit/server/door/command.ts'

const requirement = z.object({
  id: z.string(),
  level: z.number(),
  about: z.string(),
  state: z.enum(['met', 'notApplicable', 'open']),
  /** Tests and pages that prove it: "file: title". */
  proof: z.array(z.string()).optional(),
  why: z.string().optional(),
})
const file = z.object({ standard: z.string(), source: z.string(), requirements: z.array(requirement) })
let read: z.output<typeof file> | undefined

/** What OWASP ASVS asks, and what proves that it is kept, as `docs/asvs-5.0.json` says. */
export const standard = (): z.output<typeof file> =>
  (read ??= file.parse(JSON.parse(readFileSync(join(import.meta.dirname, '../../../docs/asvs-5.0.json'), 'utf8'))))

export const showStandard = query({
  name: 'access.showStandard',
  can: 'access.audit.read',
  input: z.object({}),
  run: async () => standard(),
})
