import { routes } from '#kit/server/edge/http.ts'
import { agreeBasket } from './agreement.commands.ts'

export const agreementRoutes = routes({ 'POST /pos/agreements': agreeBasket })
