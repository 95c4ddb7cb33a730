import { useQuery } from '@tanstack/react-query'
import type { HelpText, HelpTopic } from '#kit/help.ts'
import { usePages } from '#kit/web/base/page.ts'
import { useSession } from '#kit/web/session/session.tsx'
import { useLanguage } from '#kit/web/base/words.tsx'
import { moduleNames } from '#modules/list.ts'

type Texts = Readonly<Record<string, HelpText>>
const topics = import.meta.glob<readonly HelpTopic[]>('../../modules/*/help.ts', { eager: true, import: 'topics' })
// Nobody fetches a guide, or another language, before somebody asks for help.
const texts = import.meta.glob<Texts>('../../modules/*/help/*.json', { import: 'default' })

export interface Guide extends HelpTopic, HelpText {
  readonly id: string
}

async function readGuides(language: string): Promise<Guide[]> {
  const read = async (module: string): Promise<Guide[]> => {
    const of = topics[`../../modules/${module}/help.ts`] ?? []
    const load = texts[`../../modules/${module}/help/${language}.json`] ?? texts[`../../modules/${module}/help/en.json`]
    const said: Texts = (await load?.()) ?? {}
    return of.flatMap((topic) => {
      const text = said[topic.name]
      return text ? [{ ...topic, ...text, id: `${module}.${topic.name}` }] : []
    })
  }
  return (await Promise.all(moduleNames.toReversed().map(read))).flat()
}

/** The guides for what this person may do, in their language; nothing until they are there. */
export function useGuides(isWanted = true): readonly Guide[] | undefined {
  const { language } = useLanguage()
  const { may } = useSession()
  const pages = usePages()
  const { data } = useQuery({
    queryKey: ['help', language],
    queryFn: () => readGuides(language),
    staleTime: Number.POSITIVE_INFINITY,
    enabled: isWanted,
  })
  const open = new Set(pages.filter((page) => may(page.can)).map((page) => page.path))
  return data?.filter((guide) => guide.pages.some((page) => open.has(page)))
}
