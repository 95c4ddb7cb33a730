import { routes } from '#kit/server/edge/http.ts'
import { changeTemplate, listTemplates, resetTemplate, testTemplate } from './template.commands.ts'

export const templateRoutes = routes({
  'GET /message-templates': listTemplates,
  'POST /message-templates/:name': changeTemplate,
  'DELETE /message-templates/:name': resetTemplate,
  'POST /message-templates/:name/test': testTemplate,
})
