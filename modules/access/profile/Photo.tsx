import { Button, Group } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { useRef, useState, type KeyboardEvent, type PointerEvent } from 'react'
import { upload } from '#kit/web/base/api.ts'
import { Avatar } from '#kit/web/look/Avatar.tsx'
import { useAction, useCommand } from '#kit/web/base/command.tsx'
import { ProblemNote } from '#kit/web/look/parts.tsx'
import { PictureButton } from '#kit/web/input/PictureButton.tsx'
import { queryClient } from '#kit/web/base/query.ts'
import { sessionQuery, useSession } from '#kit/web/session/session.tsx'
import { T, useT } from '#kit/web/base/words.tsx'
import { PHOTO_MEGABYTES } from './profile.ts'
import type { profileRoutes } from './profile.routes.ts'
import classes from './profile.module.css'

const reload = () => void queryClient.invalidateQueries({ queryKey: sessionQuery.queryKey })

/** One's picture: chosen, and dragged to where the face is. */
export function Photo() {
  const t = useT()
  const { user } = useSession()
  const send = useAction((file: File, key) => upload('/profile/photo', file, {}, { key }), {
    quiet: true,
    touches: ['access'],
    onDone: reload,
  })
  const remove = useCommand<typeof profileRoutes>()('DELETE /profile/photo', { touches: ['access'], onDone: reload })
  if (!user) return null
  return (
    <div className={classes.photo}>
      {user.photo ? (
        <Focus key={user.photo} photo={user.photo} start={{ x: user.photoX ?? 50, y: user.photoY ?? 50 }} />
      ) : (
        <Avatar of={user} size={96} />
      )}
      <div>
        {send.problem && <ProblemNote of={send.problem} />}
        <p className={classes.sub}>{t(user.photo ? 'profile.focusHint' : 'profile.photoHint', { megabytes: PHOTO_MEGABYTES })}</p>
        <Group gap="xs" mt="xs">
          <PictureButton
            label={t('profile.choosePhoto')}
            size="compact-sm"
            loading={send.isRunning}
            onPick={(file) => void send.run(file)}
          >
            <T k={user.photo ? 'profile.otherPhoto' : 'profile.choosePhoto'} />
          </PictureButton>
          {user.photo && (
            <Button
              variant="subtle"
              color="gray"
              size="compact-sm"
              leftSection={<IconTrash size={16} />}
              loading={remove.isRunning}
              onClick={() => void remove.run({})}
            >
              <T k="profile.removePhoto" />
            </Button>
          )}
        </Group>
      </div>
    </div>
  )
}

interface Point {
  readonly x: number
  readonly y: number
}
const within = (value: number) => Math.min(100, Math.max(0, Math.round(value)))
const STEPS: Readonly<Record<string, Point>> = {
  ArrowLeft: { x: -5, y: 0 },
  ArrowRight: { x: 5, y: 0 },
  ArrowUp: { x: 0, y: -5 },
  ArrowDown: { x: 0, y: 5 },
}

/** The whole picture with the point that stays in sight when it is cut round; dragged, or moved with the arrow keys. */
function Focus({ photo, start }: { photo: string; start: Point }) {
  const t = useT()
  const { user } = useSession()
  const [point, setPoint] = useState(start)
  const frame = useRef<HTMLDivElement>(null)
  const save = useCommand<typeof profileRoutes>()('POST /profile/photo/focus', { touches: ['access'], onDone: reload })
  const drag = (event: PointerEvent) => {
    if (event.buttons !== 1 || !frame.current) return
    const box = frame.current.getBoundingClientRect()
    setPoint({
      x: within(((event.clientX - box.left) / box.width) * 100),
      y: within(((event.clientY - box.top) / box.height) * 100),
    })
  }
  const step = (event: KeyboardEvent) => {
    const by = STEPS[event.key]
    if (!by) return
    event.preventDefault()
    const next = { x: within(point.x + by.x), y: within(point.y + by.y) }
    setPoint(next)
    void save.run(next)
  }
  return (
    <div className={classes.focus}>
      <div
        ref={frame}
        className={classes.frame}
        role="slider"
        tabIndex={0}
        aria-label={t('profile.focus')}
        aria-valuenow={point.x}
        aria-valuetext={`${point.x} % · ${point.y} %`}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId)
          drag(event)
        }}
        onPointerMove={drag}
        onPointerUp={() => void save.run(point)}
        onKeyDown={step}
      >
        <img src={`/api/files/${photo}`} alt="" draggable={false} />
        <span className={classes.point} style={{ left: `${point.x}%`, top: `${point.y}%` }} />
      </div>
      <Avatar of={{ name: user?.name ?? '', photo, photoX: point.x, photoY: point.y }} size={72} />
    </div>
  )
}
