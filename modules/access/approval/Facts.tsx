import { useT } from '#kit/web/words.tsx'
import { Plain } from '../trail/Changes.tsx'
import classes from './approval.module.css'

/** What somebody should know before they agree, under the names of fields. */
export function Facts({ of }: { of: Readonly<Record<string, unknown>> }) {
  const t = useT()
  return (
    <dl className={classes.facts}>
      {Object.entries(of)
        .filter(([, value]) => value !== null && value !== undefined && value !== '')
        .map(([name, value]) => (
          <div key={name}>
            <dt>{t.of('field', name)}</dt>
            <dd>{name === 'act' ? t.of('command', String(value)) : <Plain name={name} value={value} refs={{}} />}</dd>
          </div>
        ))}
    </dl>
  )
}

/** "Sell at another price, give a bigger discount" */
export function useKinds(): (kinds: readonly string[]) => string {
  const t = useT()
  return (kinds) => kinds.map((kind) => t(`approval.${kind}`)).join(', ')
}
