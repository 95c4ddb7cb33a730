import { Button, Group, Switch } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '#kit/web/base/api.ts'
import { useCommand } from '#kit/web/base/command.tsx'
import { AmountInput } from '#kit/web/input/figures.tsx'
import { LeaveGuard } from '#kit/web/look/LeaveGuard.tsx'
import { PageBody, PageHead, PageSkeleton, Panel, Problem, ProblemNote } from '#kit/web/look/parts.tsx'
import { T, useT } from '#kit/web/base/words.tsx'
import type { approvalRoutes } from './approval.routes.ts'
import classes from './approval.module.css'

interface Setting {
  readonly name: string
  readonly when: 'always' | 'whenOn' | 'aboveLimit'
  readonly on: boolean
  readonly limit?: string
}

/** Which acts want a second person who agrees. */
export default function ApprovalSettingsPage() {
  const { data, error, refetch, isPending } = useQuery(api<typeof approvalRoutes>('access')('GET /approvals/settings', {}))
  if (isPending) return <PageSkeleton />
  if (error && !data) return <Problem of={error} retry={() => void refetch()} />
  return <SettingsForm start={data.rows as unknown as readonly Setting[]} />
}

function SettingsForm({ start }: { start: readonly Setting[] }) {
  const t = useT()
  const [saved, setSaved] = useState(start)
  const [rows, setRows] = useState(start)
  const isDirty = JSON.stringify(rows) !== JSON.stringify(saved)
  const save = useCommand<typeof approvalRoutes>()('POST /approvals/settings', {
    quiet: true,
    done: 'common.saved',
    touches: ['access'],
    onDone: () => setSaved(rows),
  })
  const set = (name: string, part: Partial<Setting>) =>
    setRows(rows.map((row) => (row.name === name ? { ...row, ...part } : row)))
  return (
    <PageBody narrow>
      <PageHead title={t('page.approvalSettings')} hint={t('approvalSettings.hint')} />
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          const chosen = rows.filter((row) => row.when !== 'always')
          const settings = chosen.map(({ name, on, limit }) => [name, { on, ...(limit && { limit }) }])
          void save.run({ settings: Object.fromEntries(settings) as never })
        }}
      >
        <LeaveGuard when={isDirty && !save.isRunning} />
        {save.problem && <ProblemNote of={save.problem} />}
        <Panel>
          <ul className={classes.settings}>
            {rows.map((row) => (
              <li key={row.name}>
                <Switch
                  label={t(`approval.${row.name}`)}
                  description={row.when === 'always' ? t('approvalSettings.always') : undefined}
                  checked={row.when === 'always' || row.on}
                  disabled={row.when === 'always'}
                  onChange={(event) => set(row.name, { on: event.currentTarget.checked })}
                />
                {row.when === 'aboveLimit' && row.on && (
                  <AmountInput
                    label={t('approvalSettings.limit')}
                    value={row.limit ?? '0'}
                    onChange={(limit) => set(row.name, { limit: limit ?? '0' })}
                  />
                )}
              </li>
            ))}
          </ul>
        </Panel>
        <Group mb="xl">
          <Button type="submit" loading={save.isRunning} disabled={!isDirty}>
            <T k="common.save" />
          </Button>
        </Group>
      </form>
    </PageBody>
  )
}
