import { routes } from '#kit/server/edge/http.ts'
import { previewLabels, printLabels, showLabelled } from './labels.queries.ts'

export const labelRoutes = routes({
  'POST /catalog/labels/articles': showLabelled,
  'POST /catalog/labels/preview': previewLabels,
  'POST /catalog/labels': printLabels,
})
