import { Button, Group, Select } from '@mantine/core'
import { IconRefresh } from '@tabler/icons-react'
import { useState } from 'react'
import type { kitRoutes } from '../../server/edge/kit.routes.ts'
import { useCommand } from '../base/command.tsx'
import { useFormat } from '../session/format.ts'
import { Panel } from '../look/parts.tsx'
import { useT } from '../base/words.tsx'
import type { ImportAsk, ImportRun } from './run.ts'
import classes from './import.module.css'

/** What a file leaves open, each with its possible answers; the dry run is made again with them. */
export function Decisions({ run, kind }: { run: ImportRun; kind: string }) {
  const t = useT()
  const format = useFormat()
  const [decided, setDecided] = useState<Readonly<Record<string, string>>>(
    Object.fromEntries(Object.entries(run.options).filter((one): one is [string, string] => typeof one[1] === 'string')),
  )
  const check = useCommand<typeof kitRoutes>()('POST /imports/:id/check', { touches: ['kit'] })
  const asks = [...new Map((run.findings.asks ?? []).map((one) => [one.option, one])).values()]
  if (asks.length === 0) return null
  const columnOf = (field: string) => run.mapping[field] ?? t.of('field', `${kind}.${field}`)
  const answersOf = ({ option, readings, answers }: ImportAsk) => {
    if (answers)
      return answers.map((value) => ({
        value,
        label: value === '-' ? t('import.wordLeftOut') : t.of('state', `${kind}.${value}`),
      }))
    return readings
      ? // A day is shown with the name of its month: only then has it one reading.
        (option.startsWith('order.') ? ['dmy', 'mdy'] : ['.', ',']).map((value, at) => ({
          value,
          label: value.length > 1 ? format.day(readings[at]!, 'long') : readings[at]!,
        }))
      : [
          { value: 'refuse', label: t('import.sharedRefuse') },
          { value: 'empty', label: t('import.sharedEmpty') },
        ]
  }
  return (
    <Panel title={t('import.ask')}>
      <p className={classes.lead}>{t('import.askHint')}</p>
      <div className={classes.map}>
        {asks.map((ask) => (
          <Select
            key={ask.option}
            label={
              ask.readings || ask.answers
                ? t('import.askNumber', { value: ask.said ?? writtenOf(ask.readings ?? []), column: columnOf(ask.field) })
                : t('import.askShared')
            }
            placeholder={t('form.choose')}
            data={answersOf(ask)}
            value={decided[ask.option] ?? (ask.readings || ask.answers ? null : 'refuse')}
            onChange={(value) => value && setDecided({ ...decided, [ask.option]: value })}
            allowDeselect={false}
          />
        ))}
      </div>
      <Group justify="flex-end" mt="md">
        <Button
          leftSection={<IconRefresh size={17} />}
          disabled={asks.some((ask) => ask.readings && !decided[ask.option])}
          loading={check.isRunning}
          onClick={() =>
            void check.run({
              id: run.id,
              mapping: run.mapping,
              options: { ...(run.options as Record<string, string>), ...decided },
            })
          }
        >
          {t('import.checkAgain')}
        </Button>
      </Group>
    </Panel>
  )
}

/** As it stands in the file: the reading with a point is the one whose sign is the point. */
const writtenOf = ([point = '', comma = '']: readonly string[]) => (point.includes('.') ? point : comma.replace('.', ','))
