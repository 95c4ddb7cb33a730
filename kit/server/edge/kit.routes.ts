import { showFile } from '../files/file.ts'
import { routes } from './http.ts'
import { downloadRefusals, listImports, showImport } from '../import/show.ts'
import { applyImport, checkImport, undoImport } from '../import/steps.ts'
import { readImportAs, uploadImport } from '../import/upload.ts'
import { searchEverywhere } from '../list/search.ts'
import { assign, listAssignments, showAssignment, unassign } from '../record/assignment.ts'
import { attachFile, showAttachment, withdrawFile } from '../record/attach.ts'
import { follow, showFollowing, unfollow } from '../record/follow.ts'
import { findMentionable } from '../record/mentionable.ts'
import { withdrawNote, writeNote } from '../record/note.ts'
import { chooseNotices, listNotices, readNotices, showNoticeChoices } from '../record/notices.ts'
import { listTimeline } from '../record/timeline.ts'
import { listToday } from '../record/today.ts'
import { listWaiting } from '../list/waiting.ts'
import { deleteView, listViews, saveView } from '../list/view.ts'

/** What stands around every record, and what one is told. */
export const recordRoutes = routes({
  'GET /records/:entity/:id/timeline': listTimeline,
  'GET /records/:entity/:id/people': findMentionable,
  'POST /records/:entity/:id/notes': writeNote,
  'POST /records/:entity/:id/notes/:note/withdrawal': withdrawNote,
  'POST /records/:entity/:id/files': attachFile,
  'GET /records/:entity/:id/files/:file': showAttachment,
  'DELETE /records/:entity/:id/files/:file': withdrawFile,
  'GET /records/:entity/:id/following': showFollowing,
  'POST /records/:entity/:id/following': follow,
  'DELETE /records/:entity/:id/following': unfollow,
  'GET /records/:entity/:id/assignment': showAssignment,
  'POST /records/:entity/:id/assignment': assign,
  'DELETE /records/:entity/:id/assignment': unassign,
  'GET /assignments': listAssignments,
  'GET /notices': listNotices,
  'POST /notices/reading': readNotices,
  'GET /notices/choices': showNoticeChoices,
  'POST /notices/choices': chooseNotices,
})

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
  'GET /search': searchEverywhere,
  'GET /home/waiting': listWaiting,
  'GET /home/today': listToday,
  'GET /files/:id': showFile,
  'GET /imports/:id/rejected': downloadRefusals,
})
