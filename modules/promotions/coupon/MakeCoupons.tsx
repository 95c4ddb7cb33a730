import { Button } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useState } from 'react'
import { useCommand } from '#kit/web/base/command.tsx'
import { T, useT } from '#kit/web/base/words.tsx'
import { IntegerInput } from '#kit/web/input/figures.tsx'
import { Panel } from '#kit/web/look/parts.tsx'
import { LinkButton } from '#kit/web/look/LinkButton.tsx'
import { coupon } from './coupon.ts'
import { MOST_CODES } from './coupon.rules.ts'
import type { couponRoutes } from './coupon.routes.ts'
import classes from './coupon.module.css'

/** Makes codes: how many, and they stand in the list below. */
export function MakeCoupons({ promotion }: { promotion: string }) {
  const t = useT()
  const [count, setCount] = useState<number | null>(100)
  const { run, isRunning } = useCommand<typeof couponRoutes>()('POST /promotions/:id/coupons', { done: 'coupon.made' })
  const isRight = count !== null && count >= 1 && count <= MOST_CODES
  return (
    <Panel>
      <form
        noValidate
        className={classes.make}
        onSubmit={(event) => {
          event.preventDefault()
          if (isRight) void run({ id: promotion, count })
        }}
      >
        <IntegerInput label={t('coupon.howMany')} value={count} onChange={setCount} />
        <Button type="submit" loading={isRunning} disabled={!isRight}>
          <T k="coupon.make" />
        </Button>
        <LinkButton to={coupon.path} search={{ promotion }} variant="default" leftSection={<IconDownload size={16} />}>
          <T k="coupon.toFile" />
        </LinkButton>
      </form>
    </Panel>
  )
}
