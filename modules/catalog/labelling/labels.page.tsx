import { IconTag } from '@tabler/icons-react'
import { useState } from 'react'
import { Finder, type Findable } from '#kit/web/document/Finder.tsx'
import { EmptyState, PageBody, PageHead, PageSkeleton, Panel, Problem } from '#kit/web/look/parts.tsx'
import { T, useT } from '#kit/web/base/words.tsx'
import { isRoll } from './labels.ts'
import { LabelActions } from './LabelActions.tsx'
import { LabelArticles } from './LabelArticles.tsx'
import { LabelSettings } from './LabelSettings.tsx'
import { Preview } from './Preview.tsx'
import { useLabelChoice, useLabelled } from './useLabels.tsx'
import classes from './labels.module.css'

interface Found extends Findable {
  readonly sku: string
}

/** Labels for shelves and articles: which, how many, on what paper, and the first sheet of them as it will be printed. */
export default function LabelsPage() {
  const t = useT()
  const { place, setPlace, items, setItems, query, more } = useLabelled()
  const [choice, choose] = useLabelChoice()
  const [first, setFirst] = useState(1)
  const add = (variant: string) =>
    setItems(
      items.some((one) => one.variant === variant)
        ? items.map((one) => (one.variant === variant ? { variant, count: one.count + 1 } : one))
        : [...items, { variant, count: 1 }],
    )
  const { data, error, refetch } = query
  const rows = data?.rows.filter(({ id }) => items.some(({ variant }) => variant === id)) ?? []
  const asked = { place, ...choice, first: isRoll(choice.paper) ? 1 : first, items }
  const isReady = items.length > 0 && rows.length > 0
  return (
    <PageBody>
      <PageHead title={t('page.labels')} hint={t('label.hint')} actions={isReady && !error && <LabelActions asked={asked} />} />
      <div className={classes.columns}>
        <div>
          <Panel>
            <LabelSettings
              choice={choice}
              onChoose={(changes) => {
                choose(changes)
                setFirst(1)
              }}
              place={place}
              onPlace={setPlace}
              first={first}
              onFirst={setFirst}
            />
          </Panel>
          <Panel flush title={t('label.articles')}>
            {more > 0 && (
              <p className={classes.note} role="status">
                <T k="label.more" n={more} />
              </p>
            )}
            <div className={classes.finder}>
              <Finder<Found> route="GET /catalog/goods" input={{}} hint={(row) => row.sku} onFound={({ id }) => add(id)} />
            </div>
            {error ? (
              <Problem of={error} retry={() => void refetch()} />
            ) : isReady ? (
              <LabelArticles rows={rows} items={items} onChange={setItems} />
            ) : query.isLoading ? (
              <PageSkeleton />
            ) : (
              <EmptyState icon={IconTag} title={t('label.none')}>
                <T k="label.noneHint" />
              </EmptyState>
            )}
          </Panel>
        </div>
        {isReady && !error && <Preview asked={asked} />}
      </div>
    </PageBody>
  )
}
