import { Button, Table } from '@mantine/core'
import { useState } from 'react'
import { reasonText } from '../../import.ts'
import { call } from '../base/api.ts'
import { useAction } from '../base/command.tsx'
import { Panel, Wide } from '../look/parts.tsx'
import { T, useT } from '../base/words.tsx'
import { DownloadRefusals } from './Outcome.tsx'
import type { ImportRefusal, ImportRun } from './run.ts'
import classes from './import.module.css'

const PAGE = 200

/** All wrong rows with their reasons, and those that went in with a warning, two hundred at a time. */
export function Refusals({ run, kind, first }: { run: ImportRun; kind: string; first: readonly ImportRefusal[] }) {
  const t = useT()
  const [more, setMore] = useState<readonly ImportRefusal[]>([])
  const [hasMore, setHasMore] = useState(first.length === PAGE)
  const all = [...first, ...more]
  const next = useAction(
    () => call<{ refusals: ImportRefusal[] }>('GET /imports/:id', { id: run.id, after: all.at(-1)?.id ?? '0' }),
    {
      onDone: ({ refusals }) => {
        setMore([...more, ...refusals])
        setHasMore(refusals.length === PAGE)
      },
    },
  )
  const title = t(run.rowsRefused > 0 ? 'import.refusedRows' : 'import.warnedRows')
  return (
    <Panel title={title} {...(run.rowsRefused > 0 && { actions: <DownloadRefusals id={run.id} /> })} flush>
      <Wide label={title} of={460}>
        <Table verticalSpacing="xs" horizontalSpacing="md">
          <Table.Thead>
            <Table.Tr>
              <Table.Th w={70}>{t('import.row')}</Table.Th>
              <Table.Th>{t('import.column')}</Table.Th>
              <Table.Th>{t('import.value')}</Table.Th>
              <Table.Th>{t('import.reason')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {all.map((one) => (
              <Table.Tr key={one.id}>
                <Table.Td>{one.rowNumber}</Table.Td>
                <Table.Td>{one.field ? (run.mapping[one.field] ?? t.of('field', `${kind}.${one.field}`)) : '—'}</Table.Td>
                <Table.Td className={classes.value} dir="auto">
                  {one.field
                    ? (one.cells as Record<string, string>)[one.field]
                    : Object.values(one.cells as object)
                        .filter(Boolean)
                        .join(' · ')}
                </Table.Td>
                <Table.Td>
                  {one.isWarning && run.rowsRefused > 0 && <b>{t('import.warnedRows')}: </b>}
                  {reasonText(t, one)}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Wide>
      {hasMore && (
        <div className={classes.more}>
          <Button variant="default" loading={next.isRunning} onClick={() => void next.run(undefined)}>
            <T k="common.more" />
          </Button>
        </div>
      )}
    </Panel>
  )
}
