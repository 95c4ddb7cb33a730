import { Button } from '@mantine/core'
import { IconArrowsDiff } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { declaredEntities, instantSchema } from '#kit/entity.ts'
import { api } from '#kit/web/base/api.ts'
import { InstantInput } from '#kit/web/input/DayInput.tsx'
import { Panel, Problem } from '#kit/web/look/parts.tsx'
import { T, useT } from '#kit/web/base/words.tsx'
import { Changes } from '#modules/access/parts.tsx'
import type { trailRoutes } from './trail.routes.ts'
import classes from './audit.module.css'

// What is being typed is no moment yet.
const isMoment = (text: string | null): text is string => text !== null && instantSchema.safeParse(text).success

/** What stood in a record at two points in time, side by side. */
export function CompareRecord({ table, record }: { table: string; record: string }) {
  const t = useT()
  const [isOpen, setOpen] = useState(false)
  const [from, setFrom] = useState<string | null>(() => new Date(Date.now() - 86_400_000).toISOString())
  const [to, setTo] = useState<string | null>(() => new Date(Date.now() + 60_000).toISOString())
  if (!isOpen)
    return (
      <Button
        variant="default"
        size="compact-md"
        mb="md"
        leftSection={<IconArrowsDiff size={16} />}
        onClick={() => setOpen(true)}
      >
        <T k="audit.compare" />
      </Button>
    )
  return (
    <Panel title={t('audit.compare')}>
      <div className={classes.moments}>
        <InstantInput label={t('audit.then')} value={from} onChange={setFrom} />
        <InstantInput label={t('audit.later')} value={to} onChange={setTo} />
      </div>
      {isMoment(from) && isMoment(to) && <Compared table={table} record={record} from={from} to={to} />}
    </Panel>
  )
}

function Compared(asked: { table: string; record: string; from: string; to: string }) {
  const t = useT()
  const { data, error, refetch } = useQuery(api<typeof trailRoutes>('access')('GET /audit/compare', asked))
  if (error && !data) return <Problem of={error} retry={() => void refetch()} />
  if (!data) return null
  if (data.changes.length === 0) return <p className={classes.same}>{t('audit.nothingDiffers')}</p>
  return (
    <>
      <Changes entity={declaredEntities.get(asked.table)} changes={data.changes} refs={data.refs} />
      <p className={classes.same}>{t('audit.same', { n: data.same })}</p>
    </>
  )
}
