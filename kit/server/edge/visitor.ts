import type { FastifyRequest } from 'fastify'
import { whole, type Part } from '../../part.ts'
import type { Database } from '../data/db.ts'
import type { Visitor } from './http.ts'

type Arrive = (database: Database, request: FastifyRequest, options?: { isHand?: boolean }) => Promise<Visitor>
const arrivals = whole<Arrive>()
/** The module that knows people tells who comes with a request. */
export const provideVisitors = (arrive: Arrive): Part => arrivals.part(arrive)

/** Who comes with a request; `isHand`: it is a person's doing, which keeps their session alive. */
export const arrived: Arrive = (database, request, options) => {
  const [arrive] = arrivals.all()
  if (!arrive) throw new Error('no module says who comes')
  return arrive(database, request, options)
}
