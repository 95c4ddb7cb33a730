import { Button } from '@mantine/core'
import { IconArrowLeft, IconArrowsExchange, IconHandGrab, IconUsers } from '@tabler/icons-react'
import { useCommand } from '#kit/web/base/command.tsx'
import { ProblemNote } from '#kit/web/look/parts.tsx'
import { useSession } from '#kit/web/session/session.tsx'
import { useGo } from '#kit/web/base/url.tsx'
import { Instant } from '#kit/web/entity/values.tsx'
import { T, useT } from '#kit/web/base/words.tsx'
import type { shiftRoutes } from '../shift/shift.routes.ts'
import classes from './sell.module.css'

/** The drawer is in a colleague's care: says whose, and asks whether to take it over, sell along, or use another till. */
export function OthersDrawer({
  till,
  shift,
  onTaken,
  onShare,
  onLeave,
}: {
  till: { name: string; placeName: string; place: string }
  shift: { id: string; number: string; openedAt: string; heldByName: string }
  onTaken: () => void
  onShare: () => void
  onLeave: (() => void) | undefined
}) {
  const t = useT()
  const go = useGo()
  const { may } = useSession()
  const take = useCommand<typeof shiftRoutes>()('POST /pos/shifts/:id/takeover', { quiet: true, onDone: onTaken })
  return (
    <main className={classes.open}>
      <div className={classes.openCard}>
        <header>
          <h1>
            <T k="till.others" name={shift.heldByName} />
          </h1>
          <p>
            {till.name} · {till.placeName} · {shift.number} · <Instant of={shift.openedAt} />
          </p>
        </header>
        {take.problem && <ProblemNote of={take.problem} />}
        <p>
          <T k="till.othersText" name={shift.heldByName} />
        </p>
        {may('pos.shift.open', till.place) && (
          <Button
            size="lg"
            loading={take.isRunning}
            leftSection={<IconHandGrab size={20} />}
            onClick={() => void take.run({ id: shift.id })}
          >
            {t('till.takeOver')}
          </Button>
        )}
        <Button variant="default" size="lg" leftSection={<IconUsers size={20} />} onClick={onShare}>
          {t('till.sellAlong', { name: shift.heldByName })}
        </Button>
        {onLeave && (
          <Button variant="subtle" leftSection={<IconArrowsExchange size={18} />} onClick={onLeave}>
            {t('till.ownTill')}
          </Button>
        )}
        <Button variant="subtle" leftSection={<IconArrowLeft size={18} className={classes.flip} />} onClick={() => go('/')}>
          {t('till.back')}
        </Button>
      </div>
    </main>
  )
}
