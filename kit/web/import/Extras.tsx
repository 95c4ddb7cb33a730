import { Select, Switch } from '@mantine/core'
import { Panel } from '../look/parts.tsx'
import { useT } from '../base/words.tsx'
import type { ImportExtra, ImportRun } from './run.ts'
import classes from './import.module.css'

type Mapping = Readonly<Record<string, string>>

/** What the file holds besides its records, off until somebody asks for it; then from which column, and for which place. */
export function Extras({
  run,
  extras,
  mapping,
  asked,
  onChange,
  samplesOf,
}: {
  run: ImportRun
  extras: readonly ImportExtra[]
  mapping: Mapping
  asked: ReadonlySet<string>
  onChange: (asked: ReadonlySet<string>, mapping: Mapping) => void
  samplesOf: (column: string | undefined) => string
}) {
  const t = useT()
  if (extras.length === 0) return null
  const without = (names: readonly string[]) =>
    Object.fromEntries(Object.entries(mapping).filter(([name]) => !names.includes(name)))
  const turn = ({ name, fields }: ImportExtra, isOn: boolean) => {
    const rest = without(fields.map((field) => field.name))
    const taken = new Set(Object.values(rest))
    const guessed = fields.flatMap(({ name: field, column }) => (column && !taken.has(column) ? [[field, column] as const] : []))
    const others = [...asked].filter((one) => one !== name)
    onChange(new Set(isOn ? [...others, name] : others), isOn ? { ...rest, ...Object.fromEntries(guessed) } : rest)
  }
  return (
    <Panel title={t('import.extras')}>
      <div className={classes.map}>
        {extras.map((extra) => (
          <div key={extra.name} className={classes.map}>
            <Switch
              label={t(`import.extra.${extra.name}`)}
              description={t(`import.extra.${extra.name}.hint`)}
              checked={asked.has(extra.name)}
              onChange={(event) => turn(extra, event.currentTarget.checked)}
            />
            {asked.has(extra.name) &&
              extra.fields.map((field) => (
                <div key={field.name} className={classes.mapRow}>
                  <Select
                    label={t(`import.extra.${extra.name}.${field.name.endsWith(':row') ? 'byRow' : 'field'}`, {
                      place: field.label ?? '',
                    })}
                    placeholder={t('import.notInFile')}
                    data={[...new Set(run.header.filter(Boolean))]}
                    value={mapping[field.name] ?? null}
                    onChange={(column) => onChange(asked, { ...without([field.name]), ...(column && { [field.name]: column }) })}
                    searchable
                    clearable
                  />
                  <span className={classes.sample} dir="auto">
                    {samplesOf(mapping[field.name])}
                  </span>
                </div>
              ))}
          </div>
        ))}
      </div>
    </Panel>
  )
}

/** An extra that was asked for needs a column at least. */
export const isUndecided = (extras: readonly ImportExtra[], asked: ReadonlySet<string>, mapping: Mapping): boolean =>
  extras.some(({ name, fields }) => asked.has(name) && !fields.some((field) => mapping[field.name]))
