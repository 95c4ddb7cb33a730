import './keeping.kinds.ts'
import { showFile } from './file.ts'
import { routes, type Routes } from './http.ts'
import { downloadRefusals, listImports, showImport } from './import/show.ts'
import { applyImport, checkImport, undoImport } from './import/steps.ts'
import { readImportAs, uploadImport } from './import/upload.ts'
import { deleteView, listViews, saveView } from './view.ts'

/** What the kit itself offers to every page. */
export const kitRoutes = routes({
  'GET /views': listViews,
  'POST /views': saveView,
  'DELETE /views/:id': deleteView,
  'GET /imports': listImports,
  'POST /imports': uploadImport,
  'GET /imports/:id': showImport,
  'POST /imports/:id/reading': readImportAs,
  'POST /imports/:id/check': checkImport,
  'POST /imports/:id/application': applyImport,
  'POST /imports/:id/undo': undoImport,
  'GET /files/:id': showFile,
  'GET /imports/:id/rejected': downloadRefusals,
})

/** The same for the server, which does not look at their types. */
export const kitRouteList = kitRoutes as unknown as Routes
