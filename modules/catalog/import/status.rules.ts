/** Whether it is so, in the words of shops and their programs; the word is in small letters. */
export const NOT: ReadonlySet<string> = new Set('false no n 0 -1 nein hapana siyo لا нет none off'.split(' '))
const YES = new Set('true yes y 1 ja ndiyo نعم да on x ✓ oui si sí'.split(' '))

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

/** Yes or no; nothing when the word says neither. */
export const isYes = (word: string): boolean | undefined => (YES.has(word) ? true : NOT.has(word) ? false : undefined)

/** Is it for sale? Nothing when nobody knows the word. */
export const isOffered = (word: string): boolean | undefined =>
  isYes(word) ?? (ON.has(word) ? true : OFF.has(word) ? false : undefined)
