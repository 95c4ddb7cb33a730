import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useCommand } from '#kit/web/base/command.tsx'
import { LeaveGuard } from '#kit/web/look/LeaveGuard.tsx'
import { ProblemNote } from '#kit/web/look/parts.tsx'
import { T, useT } from '#kit/web/base/words.tsx'
import type { LineSetting } from '#modules/access/role/role.ts'
import type { roleRoutes } from './role.routes.ts'
import type { RoleData } from '#modules/access/parts.tsx'
import classes from './roles.module.css'

type Settings = Readonly<Record<string, LineSetting | null>>

/** Changes of what roles may do, kept until they are saved together. */
export interface Draft {
  readonly count: number
  /** How far a role will carry a permission; `undefined` for a line that goes back to what is suggested. */
  readonly lineOf: (role: RoleData, permission: string) => string | undefined
  readonly isDraft: (role: RoleData, permission: string) => boolean
  readonly set: (role: RoleData, permission: string, setting: LineSetting | null) => void
  readonly settings: Readonly<Record<string, Settings>>
  readonly drop: (role?: string) => void
}

export function useDraft(): Draft {
  const [settings, setSettings] = useState<Readonly<Record<string, Settings>>>({})
  const own = (role: RoleData, permission: string) => settings[role.id]?.[permission]
  return {
    settings,
    count: Object.values(settings).reduce((sum, one) => sum + Object.keys(one).length, 0),
    isDraft: (role, permission) => own(role, permission) !== undefined,
    lineOf: (role, permission) => {
      const setting = own(role, permission)
      if (setting === undefined) return role.lines[permission]
      return setting === null ? role.suggested[permission] : setting
    },
    set: (role, permission, setting) =>
      setSettings((before) => {
        const { [permission]: _, ...others } = before[role.id] ?? {}
        const isBack = setting === (role.lines[permission] ?? 'none') && (setting !== null || !role.changed.includes(permission))
        const mine: Settings = isBack ? others : { ...others, [permission]: setting }
        const { [role.id]: __, ...rest } = before
        return Object.keys(mine).length === 0 ? rest : { ...rest, [role.id]: mine }
      }),
    drop: (role) =>
      setSettings((before) =>
        role === undefined ? {} : Object.fromEntries(Object.entries(before).filter(([id]) => id !== role)),
      ),
  }
}

/** Stands at the foot of the page while there are changes that are not saved. */
export function DraftBar({ draft }: { draft: Draft }) {
  const t = useT()
  const [reason, setReason] = useState('')
  const save = useCommand<typeof roleRoutes>()('POST /roles/:id/lines', { quiet: true, touches: ['access'] })
  if (draft.count === 0) return null
  const saveAll = async () => {
    for (const [id, lines] of Object.entries(draft.settings)) {
      if (!(await save.run({ id, lines, ...(reason.trim() && { reason: reason.trim() }) }))) return
      draft.drop(id)
    }
    setReason('')
  }
  return (
    <form
      noValidate
      className={classes.bar}
      aria-label={t('roles.unsaved', { n: draft.count })}
      onSubmit={(event) => {
        event.preventDefault()
        void saveAll()
      }}
    >
      <LeaveGuard when={!save.isRunning} />
      {save.problem && <ProblemNote of={save.problem} />}
      <div className={classes.barLine}>
        <span role="status">{t('roles.unsaved', { n: draft.count })}</span>
        <TextInput
          aria-label={t('field.reason')}
          placeholder={t('roles.reason')}
          maxLength={300}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <Button type="submit" loading={save.isRunning}>
          <T k="common.save" />
        </Button>
        <Button variant="default" onClick={() => draft.drop()}>
          <T k="roles.discard" />
        </Button>
      </div>
    </form>
  )
}
