import { z } from 'zod'
import { query } from '#kit/server/door/command.ts'
import { lifeOfPerson } from '../role/role.store.ts'
import { codesLeft } from '../factor/backup.store.ts'
import { factorsOf } from '../factor/factor.store.ts'

/** The ways in which the reader proves who they are, beside the password. */
export const listOwnFactors = query({
  name: 'access.listOwnFactors',
  can: 'signedIn',
  input: z.object({}),
  async run({ db, actor }) {
    const [rows, codes, life] = await Promise.all([
      factorsOf(db, actor.id!),
      codesLeft(db, actor.id!),
      lifeOfPerson(db, actor.id!),
    ])
    return { rows, codesLeft: codes, isNeeded: life.secondFactor }
  },
})
