import { routes } from '#kit/server/edge/http.ts'
import { changeNumbers, showNumbers } from './numbers.commands.ts'

export const numbersRoutes = routes({
  'GET /numbers': showNumbers,
  'POST /numbers/:document': changeNumbers,
})
