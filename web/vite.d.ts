/// <reference types="vite/client" />

/** All sentences, by language: what a till can show, and what the pages inside the frame say beside it (`vite.config.ts`). */
declare module 'virtual:words' {
  type Part = Readonly<Record<string, () => Promise<{ default: Readonly<Record<string, string>> }>>>
  export const first: Part
  export const rest: Part
}
