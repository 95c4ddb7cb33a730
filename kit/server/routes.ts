import { routes, type Routes } from './http.ts'
import { deleteView, listViews, saveView } from './view.ts'

/** What the kit itself offers to every page. */
export const kitRoutes = routes({
  'GET /views': listViews,
  'POST /views': saveView,
  'DELETE /views/:id': deleteView,
}) as unknown as Routes
