import { isYes } from '#kit/yes.ts'

const ON = new Set(
  'active|published|publish|enabled|available|for sale|on sale|live|visible|current|approved|نشط|منشور|متاح|активен|активный|активно|опубликован|опубликовано|в продаже|amilifu|inauzwa'.split(
    '|',
  ),
)
const OFF = new Set(
  'draft|archived|not-active|proposed|rejected|inactive|disabled|private|pending|trash|unlisted|not for sale|discontinued|hidden|unpublished|deleted|unavailable|not available|blocked|removed|retired|obsolete|suspended|غير نشط|غير منشور|غير متاح|مسودة|مؤرشف|محذوف|неактивен|неактивный|неактивно|черновик|в архиве|архив|снят с продажи|снято с продажи|скрыт|скрыто|удален|удалён|rasimu|haiuzwi|imefichwa|imefutwa'.split(
    '|',
  ),
)

/** Is it for sale? Nothing when nobody knows the word. */
export const isOffered = (word: string): boolean | undefined =>
  isYes(word) ?? (ON.has(word) ? true : OFF.has(word) ? false : undefined)
