import { Button } from '@mantine/core'
import { IconEye } from '@tabler/icons-react'
import { useCommand } from '#kit/web/base/command.tsx'
import { useSession } from '#kit/web/session/session.tsx'
import { T, useT } from '#kit/web/base/words.tsx'
import type { viewRoutes } from './view.routes.ts'
import classes from './view.module.css'

/** Stands over every page while somebody looks through another one's eyes. */
export function ViewingBar() {
  const t = useT()
  const { user, viewedBy } = useSession()
  // What was remembered for the other person is not one's own to keep.
  const stop = useCommand<typeof viewRoutes>()('DELETE /session/view', { onDone: () => location.assign('/users') })
  if (!viewedBy || !user) return null
  return (
    <div className={classes.bar} role="status">
      <IconEye size={18} stroke={1.7} aria-hidden />
      <span>{t('view.bar', { name: user.name })}</span>
      <Button size="compact-sm" variant="white" color="dark" loading={stop.isRunning} onClick={() => void stop.run({})}>
        <T k="view.stop" />
      </Button>
    </div>
  )
}
