import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { api } from '#kit/web/base/api.ts'
import { useCommand } from '#kit/web/base/command.tsx'
import { DetailPage } from '#kit/web/record/DetailPage.tsx'
import { T, useT } from '#kit/web/base/words.tsx'
import type { planRoutes } from './plan.crud.ts'
import { reportPlan } from './plan.ts'

function Receivers({ of }: { of: readonly string[] }) {
  const t = useT()
  const { data } = useQuery(api<typeof planRoutes>('report-plans')('GET /report-readers'))
  const names = of.map((id) => data?.rows.find((one) => one.id === id)?.name)
  const gone = data ? names.filter((name) => name === undefined).length : 0
  return (
    <>
      <bdi>{names.filter(Boolean).join(', ')}</bdi>
      {gone > 0 && ` ${t('reportPlan.gone', { n: gone })}`}
    </>
  )
}

function SendNow({ id }: { id: string }) {
  const { run, isRunning } = useCommand<typeof planRoutes>()('POST /report-plans/:id/send', {
    done: 'reportPlan.sent',
    touches: ['analytics'],
  })
  return (
    <Button variant="default" loading={isRunning} onClick={() => void run({ id })}>
      <T k="reportPlan.sendNow" />
    </Button>
  )
}

/** A report by mail: when, to whom, how it went last, and now if somebody wants it. */
export default function PlanPage() {
  return (
    <DetailPage
      entity={reportPlan}
      actions={({ row }) => row['state'] !== 'ended' && <SendNow id={row.id} />}
      verbs={{ end: { confirm: true } }}
      values={{ receivers: (row) => <Receivers of={row['receivers'] as string[]} /> }}
    />
  )
}
