// A spreadsheet runs a cell that begins with one of these; full-width forms are folded to them by some programs.
const RISKY = /^[=+\-@\t\r\n\0＝＋－＠]/

/** A text cell that no spreadsheet takes for a formula (OWASP ASVS 1.2.10, CWE-1236): an apostrophe in front. */
export const neutralise = (text: string): string => (RISKY.test(text) ? `'${text}` : text)

// Before a mere number an apostrophe is a spreadsheet's own mark for "this is text".
const isTextNumber = (text: string) => /^'[\d\s.,]+$/.test(text) && /\d/.test(text)

/** Takes that apostrophe off again, so that export → import loses nothing. */
export const unneutralise = (text: string): string =>
  text.startsWith("'") && (RISKY.test(text.slice(1)) || isTextNumber(text)) ? text.slice(1) : text
