/** Arabic keyboards type ٠–٩ (and Persian ones ۰–۹); a PIN is the same number either way. */
export const pinDigits = (text: string): string =>
  text.replace(/[٠-٩۰-۹]/g, (digit) => String(digit.charCodeAt(0) & 0xf)).replace(/\D/g, '')
