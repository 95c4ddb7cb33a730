import { Button } from '@mantine/core'
import { IconRosetteDiscountCheck } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { api } from '#kit/web/base/api.ts'
import { useSession } from '#kit/web/session/session.tsx'
import { Instant } from '#kit/web/entity/values.tsx'
import { T } from '#kit/web/base/words.tsx'
import type { trailRoutes } from './trail.routes.ts'
import classes from './audit.module.css'

/** How far the trail is sealed; whoever reads all of it saves it, to be verified elsewhere. */
export function SealNote() {
  const { permissions } = useSession()
  const { data } = useQuery(api<typeof trailRoutes>('access')('GET /audit/seal', {}))
  const checkpoint = data?.checkpoint
  if (!checkpoint) return null
  return (
    <div className={classes.seal}>
      <IconRosetteDiscountCheck size={18} stroke={1.6} aria-hidden />
      <span>
        <T k="audit.sealed" /> <Instant of={checkpoint.at} ago /> · {checkpoint.seq} ·{' '}
        <code dir="ltr" title={checkpoint.hash}>
          {checkpoint.hash.slice(0, 16)}
        </code>
      </span>
      {permissions['access.audit.read']?.all && permissions['access.audit.export']?.all && (
        <Button component="a" href="/api/audit/sealed" variant="subtle" size="compact-sm">
          <T k="audit.saveSealed" />
        </Button>
      )}
    </div>
  )
}
