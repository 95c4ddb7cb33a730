import { IconPlus } from '@tabler/icons-react'
import type { Entity } from '../../entity.ts'
import { inSentence } from '../entity/entity.ts'
import { LinkButton } from '../look/LinkButton.tsx'
import { ListPage } from './ListPage.tsx'
import { Panel } from '../look/parts.tsx'
import { useSession } from '../session/session.tsx'
import { useLocationPath } from '../base/url.tsx'
import { useT } from '../base/words.tsx'

/** Rows of another entity that belong to the one shown: the prices of a list, the rates of a class. */
export function Members({ of: entity, by, id }: { of: Entity; by: string; id: string }) {
  const t = useT()
  const { may } = useSession()
  const here = useLocationPath()
  const { write } = entity.can
  const search = { [by]: id, back: here }
  const shown = { ...entity, list: entity.list.filter((name) => name !== by) }
  const add = (
    <LinkButton
      to={`${entity.path}/new`}
      search={search}
      variant="default"
      size="compact-sm"
      leftSection={<IconPlus size={16} />}
    >
      {t('list.new', { thing: inSentence(t, t.of('entity', entity.name)) })}
    </LinkButton>
  )
  return (
    <Panel title={t.of('entities', entity.name)} flush actions={write !== undefined && may(write) ? add : undefined}>
      <ListPage
        entity={shown}
        fixed={{ [by]: id }}
        embedded
        newHref={`${entity.path}/new?${new URLSearchParams(search).toString()}`}
        rowHref={(row) =>
          write !== undefined && may(write) ? `${entity.path}/${row.id}/edit?back=${encodeURIComponent(here)}` : null
        }
      />
    </Panel>
  )
}
