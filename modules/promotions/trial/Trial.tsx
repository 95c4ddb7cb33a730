import { ActionIcon } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '#kit/web/base/api.ts'
import { T, useT } from '#kit/web/base/words.tsx'
import { RefPicker } from '#kit/web/entity/RefPicker.tsx'
import { Amount } from '#kit/web/entity/values.tsx'
import { IntegerInput } from '#kit/web/input/figures.tsx'
import { Panel, ProblemNote } from '#kit/web/look/parts.tsx'
import type { trialRoutes } from './trial.routes.ts'
import classes from './trial.module.css'

interface Line {
  readonly variant: string
  readonly name: string
  readonly count: number | null
}

/** A basket to try a promotion with: what each of it would cost now. */
export function Trial({ promotion }: { promotion: string }) {
  const t = useT()
  const [lines, setLines] = useState<readonly Line[]>([])
  const counted = lines.filter(({ count }) => count !== null && count > 0 && count < 10_000)
  const basket = counted.map(({ variant, count }) => `${variant}*${count}`).join(',')
  const { data, error } = useQuery({
    ...api<typeof trialRoutes>()('GET /promotions/:id/trial', { id: promotion, basket } as never),
    enabled: basket !== '',
    placeholderData: (before) => before,
  })
  const set = (variant: string, count: number | null) =>
    setLines((before) => before.map((line) => (line.variant === variant ? { ...line, count } : line)))
  return (
    <Panel title={t('promotion.trial')}>
      <RefPicker
        to="catalog_variant"
        label={t('promotion.trialAdd')}
        value={null}
        onChange={(variant, name = '') => {
          if (variant && !lines.some((line) => line.variant === variant)) setLines([...lines, { variant, name, count: 1 }])
        }}
      />
      {error && <ProblemNote of={error} />}
      <ul className={classes.lines}>
        {lines.map(({ variant, name, count }) => {
          const found = data?.lines.find((line) => line.variant === variant)
          return (
            <li key={variant}>
              <span className={classes.name}>{found?.name ?? name}</span>
              <IntegerInput
                aria-label={t('promotion.trialCount', { name: found?.name ?? name })}
                value={count}
                onChange={(typed) => set(variant, typed)}
              />
              <span className={classes.amounts}>
                {found && BigInt(found.benefit) > 0n && (
                  <s>
                    <Amount of={found.gross} plain />
                  </s>
                )}{' '}
                {found && <Amount of={BigInt(found.gross) - BigInt(found.benefit)} plain />}
              </span>
              <ActionIcon
                variant="subtle"
                color="gray"
                size="lg"
                aria-label={t('lines.remove', { name: found?.name ?? name })}
                onClick={() => setLines(lines.filter((line) => line.variant !== variant))}
              >
                <IconX size={17} />
              </ActionIcon>
            </li>
          )
        })}
      </ul>
      {data && basket !== '' && (
        <p className={classes.sum} role="status">
          {data.refusal ? (
            t(`coupon.refusal.${data.refusal}`)
          ) : (
            <>
              <T k="promotion.trialGives" /> <Amount of={data.benefit} />
            </>
          )}
        </p>
      )}
    </Panel>
  )
}
