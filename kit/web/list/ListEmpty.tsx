import { Button } from '@mantine/core'
import { IconPlus, IconSearchOff, IconStack2, IconUpload } from '@tabler/icons-react'
import type { Entity } from '../../entity.ts'
import { inSentence } from '../entity/entity.ts'
import { LinkButton } from '../look/LinkButton.tsx'
import { EmptyState } from '../look/parts.tsx'
import { useSession } from '../session/session.tsx'
import { useSearch } from '../base/url.tsx'
import { T, useT } from '../base/words.tsx'

/** An empty list says why: nothing matches, or nothing is there yet, and then how to begin. */
export function ListEmpty({ entity, isFiltered, newHref }: { entity: Entity; isFiltered: boolean; newHref: string | null }) {
  const t = useT()
  const { may } = useSession()
  const [search, setSearch] = useSearch()
  const clear = () =>
    setSearch(Object.fromEntries(Object.keys(search).map((name) => [name, name === 'sort' ? search[name] : undefined])))
  if (isFiltered) {
    return (
      <EmptyState
        icon={IconSearchOff}
        title={t('list.nothingMatches')}
        action={
          <Button variant="default" onClick={clear}>
            <T k="filter.clear" />
          </Button>
        }
      >
        <T k="list.nothingMatchesHint" />
      </EmptyState>
    )
  }
  const things = t.of('entities', entity.name).toLocaleLowerCase(t.locale)
  const mayImport = entity.can.import !== undefined && may(entity.can.import)
  return (
    <EmptyState
      icon={IconStack2}
      title={t('list.empty', { things })}
      action={
        <>
          {newHref && (
            <LinkButton to={newHref} leftSection={<IconPlus size={16} />}>
              {t('list.new', { thing: inSentence(t, t.of('entity', entity.name)) })}
            </LinkButton>
          )}
          {mayImport && (
            <LinkButton to={`/import/${entity.name}`} variant="default" leftSection={<IconUpload size={16} />}>
              <T k="list.import" />
            </LinkButton>
          )}
        </>
      }
    >
      {newHref && mayImport && <T k="list.emptyHint" />}
    </EmptyState>
  )
}
