import { Button } from '@mantine/core'
import { IconRefresh } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '#kit/web/base/api.ts'
import { useCommand } from '#kit/web/base/command.tsx'
import { Panel, Wide } from '#kit/web/look/parts.tsx'
import { Instant, StateBadge } from '#kit/web/entity/values.tsx'
import { AskFirst } from '#kit/web/entity/Verbs.tsx'
import { T, useT } from '#kit/web/base/words.tsx'
import classes from './secret.module.css'
import type { secretRoutes } from './secret.routes.ts'

const SOON_MS = 3_000

/** The keys that personal fields are encrypted with, and the way to a new one. */
export function Keys() {
  const t = useT()
  const [isAsking, ask] = useState(false)
  const { data } = useQuery({
    ...api<typeof secretRoutes>('access')('GET /keys', {}),
    // Until nothing is left of the older ones.
    refetchInterval: ({ state }) => (state.data?.rows[0]?.resealedAt === null && state.data.rows.length > 1 ? SOON_MS : false),
  })
  const rotate = useCommand<typeof secretRoutes>()('POST /keys/rotation', {
    done: 'keys.made',
    touches: ['access'],
    onDone: () => ask(false),
  })
  const [newest] = data?.rows ?? []
  if (!data || !newest) return null
  return (
    <Panel
      title={t('keys.title')}
      flush
      actions={
        <Button variant="subtle" size="compact-sm" leftSection={<IconRefresh size={15} />} onClick={() => ask(true)}>
          <T k="keys.rotate" />
        </Button>
      }
    >
      <Wide label={t('keys.title')} of={420} stacks>
        <table className={classes.lives}>
          <thead>
            <tr>
              <th scope="col">{t('keys.key')}</th>
              <th scope="col">{t('keys.since')}</th>
              <th scope="col">{t('field.state')}</th>
            </tr>
          </thead>
          <tbody>
            {data.rows.map((row) => (
              <tr key={row.generation}>
                <th scope="row">{row.generation}</th>
                <td data-label={t('keys.since')}>
                  <Instant of={row.createdAt} />
                </td>
                <td data-label={t('field.state')}>
                  <StateBadge
                    state={row.retiredAt ? 'retired' : row.resealedAt || data.rows.length === 1 ? 'inUse' : 'resealing'}
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Wide>
      {isAsking && (
        <AskFirst
          title={t('keys.ask')}
          text={t('keys.askText')}
          action={t('keys.rotate')}
          isRunning={rotate.isRunning}
          onClose={() => ask(false)}
          onYes={() => void rotate.run({ generation: newest.generation })}
        />
      )}
    </Panel>
  )
}
