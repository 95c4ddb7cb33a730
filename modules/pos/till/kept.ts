const STORED = 'duka.till'

/** The till that was chosen on this device. */
export const keptTill = (): string | null => localStorage.getItem(STORED)
export const keepTill = (id: string): void => localStorage.setItem(STORED, id)
export const forgetTill = (): void => localStorage.removeItem(STORED)
