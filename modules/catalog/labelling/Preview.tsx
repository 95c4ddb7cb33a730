import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { reading, type OutputOf } from '#kit/web/base/api.ts'
import { ProblemNote } from '#kit/web/look/parts.tsx'
import { useT } from '#kit/web/base/words.tsx'
import { type Labelled } from '../label/label.rules.ts'
import { isRoll } from './labels.ts'
import type { labelRoutes } from './labels.routes.ts'
import type { LabelChoice } from './useLabels.tsx'
import classes from './labels.module.css'

/** What is printed, as the server is asked for it. */
export interface Asked extends LabelChoice {
  readonly place: string
  readonly first: number
  readonly items: readonly Labelled[]
}

/** The first sheet, or the first label of a roll, as it will come out of the printer. */
export function Preview({ asked }: { asked: Asked }) {
  const t = useT()
  // Whoever types a number presses several keys.
  const [settled] = useDebouncedValue(JSON.stringify(asked), 250)
  const { data, error, isPlaceholderData } = useQuery({
    ...reading<OutputOf<typeof labelRoutes, 'POST /catalog/labels/preview'>>(
      'POST /catalog/labels/preview',
      JSON.parse(settled) as Asked as never,
    ),
    placeholderData: (before) => before,
  })
  return (
    <aside
      className={classes.preview}
      aria-label={t('label.preview')}
      aria-busy={!data && !error}
      data-old={isPlaceholderData || undefined}
    >
      {error && <ProblemNote of={error} />}
      {data && !error && (
        <>
          <p>
            {t('label.labels', { n: data.labels })}
            {!isRoll(asked.paper) && ` · ${t('label.sheets', { n: data.sheets })}`}
          </p>
          <img src={`data:image/svg+xml;utf8,${encodeURIComponent(data.svg)}`} alt={t('label.preview')} />
        </>
      )}
    </aside>
  )
}
