import { Button, TextInput } from '@mantine/core'
import { IconArrowsDiff } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { declaredEntities } from '#kit/entity.ts'
import { api } from '#kit/web/api.ts'
import { Panel, Problem } from '#kit/web/parts.tsx'
import { T, useT } from '#kit/web/words.tsx'
import { Changes } from './Changes.tsx'
import type { trailRoutes } from './trail.routes.ts'
import classes from './audit.module.css'

const local = (moment: Date) => new Date(moment.getTime() - moment.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)

/** What stood in a record at two points in time, side by side. */
export function CompareRecord({ table, record }: { table: string; record: string }) {
  const t = useT()
  const [isOpen, setOpen] = useState(false)
  const [from, setFrom] = useState(() => local(new Date(Date.now() - 86_400_000)))
  const [to, setTo] = useState(() => local(new Date(Date.now() + 60_000)))
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
        <TextInput
          type="datetime-local"
          label={t('audit.then')}
          value={from}
          onChange={(event) => setFrom(event.currentTarget.value)}
        />
        <TextInput
          type="datetime-local"
          label={t('audit.later')}
          value={to}
          onChange={(event) => setTo(event.currentTarget.value)}
        />
      </div>
      {from && to && (
        <Compared table={table} record={record} from={new Date(from).toISOString()} to={new Date(to).toISOString()} />
      )}
    </Panel>
  )
}

function Compared(asked: { table: string; record: string; from: string; to: string }) {
  const t = useT()
  const { data, error, refetch } = useQuery(api<typeof trailRoutes>('access')('GET /audit/compare', asked))
  if (error) return <Problem of={error} retry={() => void refetch()} />
  if (!data) return null
  if (data.changes.length === 0) return <p className={classes.same}>{t('audit.nothingDiffers')}</p>
  return (
    <>
      <Changes entity={declaredEntities.get(asked.table)} changes={data.changes} refs={data.refs} />
      <p className={classes.same}>{t('audit.same', { n: data.same })}</p>
    </>
  )
}
