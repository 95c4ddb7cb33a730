/** How letters may stand in a file: what spreadsheets of our markets write. */
export const encodings = [
  'utf8',
  'win1252',
  'win1250',
  'win1251',
  'win1256',
  'koi8r',
  'koi8u',
  'iso88592',
  'iso88595',
  'iso88596',
  'cp850',
  'cp852',
  'cp866',
  'cp720',
  'macroman',
  'maccyrillic',
  'utf16le',
  'utf16be',
] as const
export type Encoding = (typeof encodings)[number]
