import type { PageDeclaration } from '#kit/web/base/page.ts'
import { loadRest } from '#kit/web/base/words.tsx'
import { moduleNames } from '#modules/list.ts'

type Pages = readonly PageDeclaration[]

const bare = import.meta.glob<Pages>('../modules/*/bare.tsx', { eager: true, import: 'pages' })

/** Pages without the frame: sign-in, set-up, a till. They are all that somebody needs who sees nothing else. */
export const barePages: Pages = moduleNames.toReversed().flatMap((name) => bare[`../modules/${name}/bare.tsx`] ?? [])

/** Every other page, with its words and what is declared about the things that it shows; and the frame itself. */
export async function framedPages(): Promise<Pages> {
  const [{ pages }] = await Promise.all([import('./framed.ts'), loadRest(), import('./shell/Shell.tsx')])
  return pages
}
