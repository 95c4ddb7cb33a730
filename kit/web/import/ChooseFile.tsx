import { Button } from '@mantine/core'
import { IconFileSpreadsheet, IconUpload } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useRef, useState, type DragEvent } from 'react'
import type { kitRoutes } from '../../server/edge/kit.routes.ts'
import { api, upload } from '../base/api.ts'
import { useAction } from '../base/command.tsx'
import { Panel, Problem, ProblemNote } from '../look/parts.tsx'
import { Instant, StateBadge } from '../entity/values.tsx'
import { Link } from '../base/url.tsx'
import { T, useT } from '../base/words.tsx'
import classes from './import.module.css'

const KINDS =
  '.csv,.tsv,.txt,.vcf,.xlsx,.ods,text/csv,text/vcard,application/vnd.oasis.opendocument.spreadsheet,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** Takes the file by touch, keyboard or drop, and shows the imports that were. */
export function ChooseFile({ kind, onChosen }: { kind: string; onChosen: (id: string) => void }) {
  const t = useT()
  const input = useRef<HTMLInputElement>(null)
  const [isOver, setOver] = useState(false)
  const past = useQuery(api<typeof kitRoutes>('kit')('GET /imports', { kind }))
  const send = useAction(
    (file: File, key) => upload<{ id: string }>(`/imports?kind=${encodeURIComponent(kind)}`, file, {}, { key }),
    { quiet: true, onDone: ({ id }) => onChosen(id) },
  )
  const take = (file: File | undefined) => {
    if (file) void send.run(file)
  }
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    take(event.dataTransfer.files[0])
  }
  if (past.error) return <Problem of={past.error} retry={() => void past.refetch()} />
  return (
    <>
      {send.problem && <ProblemNote of={send.problem} />}
      <div
        className={classes.drop}
        data-over={isOver || undefined}
        onDragOver={(event) => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <IconFileSpreadsheet size={36} stroke={1.3} aria-hidden />
        <p className={classes.dropTitle}>{t('import.drop')}</p>
        <p className={classes.dropHint}>{t('import.kinds')}</p>
        <input
          ref={input}
          type="file"
          accept={KINDS}
          hidden
          aria-label={t('import.choose')}
          onChange={(event) => {
            take(event.currentTarget.files?.[0])
            event.currentTarget.value = ''
          }}
        />
        <Button leftSection={<IconUpload size={17} />} loading={send.isRunning} onClick={() => input.current?.click()}>
          {t('import.choose')}
        </Button>
      </div>
      {past.data && past.data.rows.length > 0 && (
        <Panel title={t('import.past')} flush>
          <ul className={classes.past}>
            {past.data.rows.map((row) => (
              <li key={row.id}>
                <Link to={`/import/${kind}`} search={{ run: row.id }} className={classes.pastName}>
                  {row.name}
                </Link>
                <StateBadge state={row.state} entity={{ name: 'kit.import' }} />
                <span className={classes.pastFacts}>
                  <T k="import.rows" n={row.rowsTotal} /> · <Instant of={row.createdAt} ago />
                </span>
              </li>
            ))}
          </ul>
        </Panel>
      )}
    </>
  )
}
