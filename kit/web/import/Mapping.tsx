import { Button, Group, Select, Switch } from '@mantine/core'
import { IconArrowRight } from '@tabler/icons-react'
import { useState } from 'react'
import type { kitRoutes } from '../../server/edge/kit.routes.ts'
import { forAll } from '../../import.ts'
import { useCommand } from '../base/command.tsx'
import { Panel, ProblemNote } from '../look/parts.tsx'
import { encodings } from '../../encoding.ts'
import { RefPicker } from '../entity/RefPicker.tsx'
import { T, useT } from '../base/words.tsx'
import { Extras, isUndecided } from './Extras.tsx'
import type { ImportExtra, ImportRun } from './run.ts'
import classes from './import.module.css'

const DELIMITERS = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'bar' } as const

/** Which column of the file is which field, with what stands in it. What was chosen once is remembered for such files. */
export function Mapping({
  run,
  kind,
  fields,
  oneOf,
  extras,
  onChecking,
}: {
  run: ImportRun
  kind: string
  fields: readonly { name: string; required?: boolean; ofAll?: string }[]
  oneOf: readonly string[]
  extras: readonly ImportExtra[]
  onChecking: () => void
}) {
  const t = useT()
  const [mapping, setMapping] = useState<Readonly<Record<string, string>>>(run.mapping)
  const [asked, setAsked] = useState<ReadonlySet<string>>(
    new Set(extras.flatMap(({ name }) => (run.options[name] === true ? [name] : []))),
  )
  const [chosen, setChosen] = useState<Readonly<Record<string, string | boolean | null>>>(run.options as Record<string, string>)
  const choice = (field: string) => chosen[forAll(field)] as string | null | undefined
  const check = useCommand<typeof kitRoutes>()('POST /imports/:id/check', { quiet: true, onDone: onChecking })
  const read = useCommand<typeof kitRoutes>()('POST /imports/:id/reading', {
    touches: ['kit'],
    onDone: (answer) => setMapping(answer.mapping),
  })
  const readAs = (how: { encoding?: (typeof encodings)[number]; delimiter?: keyof typeof DELIMITERS; sheet?: string }) =>
    void read.run({
      id: run.id,
      ...(run.findings.encoding && { encoding: run.findings.encoding as (typeof encodings)[number] }),
      ...how,
    })
  const { sheet, sheets = [], hidden = 0 } = run.findings
  const isUnknown = oneOf.length > 0 && !oneOf.some((field) => mapping[field])
  const missing = fields.filter(({ name, required, ofAll }) => required && !mapping[name] && !(ofAll && choice(name)))
  const unused = run.header.filter((column) => column && !Object.values(mapping).includes(column))
  const choose = (field: string, column: string | null) =>
    setMapping(({ [field]: _old, ...rest }) => (column ? { ...rest, [field]: column } : rest))
  const samplesOf = (column: string | undefined) => {
    const at = column === undefined ? -1 : run.header.indexOf(column)
    return at < 0 ? '' : [...new Set(run.samples.map((row) => row[at]).filter(Boolean))].join(' · ')
  }
  const options = {
    ...chosen,
    ...Object.fromEntries(extras.map(({ name }) => [name, asked.has(name)])),
  }
  return (
    <>
      <Panel title={t('import.columns')}>
        <p className={classes.lead}>{t('import.columnsHint', { name: run.name })}</p>
        {check.problem && <ProblemNote of={check.problem} />}
        {sheets.length > 1 && (
          <Select
            label={t('import.sheet')}
            description={t('import.sheetHint')}
            data={[...sheets]}
            value={sheet ?? null}
            onChange={(one) => one && readAs({ sheet: one })}
            disabled={read.isRunning}
            allowDeselect={false}
            mb="md"
          />
        )}
        {hidden > 0 && (
          <Switch
            label={<T k="import.withoutHidden" n={hidden} />}
            description={t('import.withoutHiddenHint')}
            checked={chosen['withoutHidden'] === true}
            onChange={(event) => setChosen({ ...chosen, withoutHidden: event.currentTarget.checked })}
            mb="md"
          />
        )}
        {!sheet && (
          <Select
            label={t('import.encoding')}
            description={t('import.encodingHint')}
            error={run.findings.isUnsure && t('import.encodingUnsure')}
            data={encodings.map((value) => ({ value, label: t(`import.encoding.${value}`) }))}
            value={run.findings.encoding ?? null}
            onChange={(encoding) => encoding && readAs({ encoding: encoding as (typeof encodings)[number] })}
            disabled={read.isRunning}
            allowDeselect={false}
            mb="md"
          />
        )}
        {run.findings.delimiter && (
          <Select
            label={t('import.delimiter')}
            data={Object.entries(DELIMITERS).map(([value, name]) => ({ value, label: t(`import.delimiter.${name}`) }))}
            value={run.findings.delimiter}
            onChange={(delimiter) => delimiter && readAs({ delimiter: delimiter as keyof typeof DELIMITERS })}
            disabled={read.isRunning}
            allowDeselect={false}
            mb="md"
          />
        )}
        <div className={classes.map}>
          {fields.map((field) => (
            <div key={field.name} className={classes.mapRow}>
              <Select
                label={t.of('field', `${kind}.${field.name}`)}
                required={field.required === true}
                placeholder={t('import.notInFile')}
                data={[...new Set(run.header.filter(Boolean))]}
                value={mapping[field.name] ?? null}
                onChange={(column) => choose(field.name, column)}
                searchable
                clearable
              />
              {field.ofAll && !mapping[field.name] ? (
                <RefPicker
                  to={field.ofAll}
                  label={t('import.forAll')}
                  value={choice(field.name)}
                  onChange={(id) => setChosen({ ...chosen, [forAll(field.name)]: id })}
                />
              ) : (
                <span className={classes.sample} dir="auto">
                  {samplesOf(mapping[field.name])}
                </span>
              )}
            </div>
          ))}
        </div>
      </Panel>
      <Extras
        run={run}
        extras={extras}
        mapping={mapping}
        asked={asked}
        samplesOf={samplesOf}
        onChange={(names, columns) => {
          setAsked(names)
          setMapping(columns)
        }}
      />
      {unused.length > 0 && <p className={classes.lead}>{t('import.unused', { columns: unused.join(', ') })}</p>}
      <Group justify="flex-end" mt="md">
        <Button
          rightSection={<IconArrowRight size={17} className={classes.turn} />}
          disabled={missing.length > 0 || isUnknown || isUndecided(extras, asked, mapping)}
          loading={check.isRunning}
          onClick={() => void check.run({ id: run.id, mapping, options })}
        >
          {t('import.check')}
        </Button>
      </Group>
    </>
  )
}
