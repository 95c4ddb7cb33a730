import { Button, Menu } from '@mantine/core'
import { IconDots, IconPencil } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Entity } from '../../entity.ts'
import type { WireRow } from '../entity/entity.ts'
import { useSession } from '../session/session.tsx'
import { toQuery } from '../base/request.ts'
import { toneOf } from '../entity/values.tsx'
import { AskFirst } from '../entity/Verbs.tsx'
import { T, useT } from '../base/words.tsx'
import { possibleQuery } from './board.ts'
import { ChangeMany } from './ChangeMany.tsx'
import { ExportMenu } from './ExportMenu.tsx'
import type { Act } from './useActs.ts'

/** What can be done to the picked rows: the acts of one record that need nothing more, one field for all, and a file of them. */
export function Acts({ entity, rows, onTake }: { entity: Entity; rows: readonly WireRow[]; onTake: (act: Act) => void }) {
  const t = useT()
  const { may } = useSession()
  const { data } = useQuery(possibleQuery(entity))
  const [asked, ask] = useState<string | null>(null)
  const [isChanging, setChanging] = useState(false)
  const verbs = (data?.verbs ?? []).filter((verb) => fits(entity, verb, rows))
  const ids = rows.map(({ id }) => id)
  const take = (act: Act) => {
    ask(null)
    setChanging(false)
    onTake(act)
  }
  const label = (verb: string) =>
    verb === 'archive' || verb === 'restore' ? t(`detail.${verb}`) : t.of('verb', `${entity.name}.${verb}`)
  return (
    <>
      {(data?.fields.length ?? 0) > 0 && (
        <Button variant="default" leftSection={<IconPencil size={16} />} onClick={() => setChanging(true)}>
          <T k="acts.change" />
        </Button>
      )}
      {entity.can.export && may(entity.can.export) && (
        <ExportMenu
          path={(format) =>
            `${entity.path}/export${toQuery({ ids: ids.slice(0, MOST_IN_FILE).join(','), archived: 'with', format })}`
          }
          asks={Object.values(entity.fields).some((field) => field.personal)}
        />
      )}
      {verbs.length > 0 && (
        <Menu position="bottom-end">
          <Menu.Target>
            <Button variant="default" px="xs" aria-label={t('acts.more')}>
              <IconDots size={18} />
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {verbs.map((verb) => (
              <Menu.Item key={verb} onClick={() => ask(verb)} {...(endsBadly(entity, verb) && { c: 'var(--duka-bad)' })}>
                {label(verb)}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
      {asked !== null && (
        <AskFirst
          title={t('acts.ask', { verb: label(asked), n: rows.length })}
          action={label(asked)}
          bad={endsBadly(entity, asked)}
          onClose={() => ask(null)}
          onYes={() => take({ verb: asked })}
        />
      )}
      {isChanging && (
        <ChangeMany
          entity={entity}
          fields={data?.fields ?? []}
          count={rows.length}
          onClose={() => setChanging(false)}
          onChange={(name, value) => take({ changes: { [name]: value } })}
        />
      )}
    </>
  )
}

const MOST_IN_FILE = 200

/** Nobody is offered to put aside what is put aside already; a step is offered where some row stands before it. */
function fits(entity: Entity, verb: string, rows: readonly WireRow[]): boolean {
  if (verb === 'archive') return rows.some((row) => !row.archivedAt)
  if (verb === 'restore') return rows.some((row) => row.archivedAt)
  const from = entity.life?.steps[verb]?.from as readonly string[] | undefined
  return rows.some((row) => from?.includes(String(row['state'])))
}

const endsBadly = (entity: Entity, verb: string): boolean =>
  verb === 'archive' || toneOf(entity.life?.steps[verb]?.to ?? '') === 'bad'
