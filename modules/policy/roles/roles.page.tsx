import { Button, TextInput } from '@mantine/core'
import { IconPlus, IconTable } from '@tabler/icons-react'
import { useState } from 'react'
import { SearchSelect } from '#kit/web/input/SearchSelect.tsx'
import { useCommand } from '#kit/web/base/command.tsx'
import { LinkButton } from '#kit/web/look/LinkButton.tsx'
import { PageBody, PageHead, PageSkeleton, Problem, ProblemNote } from '#kit/web/look/parts.tsx'
import { Can } from '#kit/web/session/session.tsx'
import { Link, useGo } from '#kit/web/base/url.tsx'
import { Window } from '#kit/web/look/Window.tsx'
import { T, useT } from '#kit/web/base/words.tsx'
import type { roleRoutes } from './role.routes.ts'
import { useRoleName, useRoles, type RoleData } from '#modules/access/parts.tsx'
import classes from './roles.module.css'

/** The roles of this company: what each is for, how much it may do, and how many people hold it. */
export default function RolesPage() {
  const t = useT()
  const [isMaking, setMaking] = useState(false)
  const { data, error, refetch, isPending } = useRoles()
  if (isPending) return <PageSkeleton />
  if (error && !data) return <Problem of={error} retry={() => void refetch()} />
  const shown = data.roles.filter((one) => one.archivedAt === null)
  const away = data.roles.filter((one) => one.archivedAt !== null)
  return (
    <PageBody>
      <PageHead
        title={t('page.roles')}
        actions={
          <>
            <LinkButton to="/roles/compare" variant="default" leftSection={<IconTable size={16} />}>
              <T k="roles.compare" />
            </LinkButton>
            <Can do="access.role.edit">
              <Button leftSection={<IconPlus size={16} />} onClick={() => setMaking(true)} data-shortcut="new">
                <T k="roles.new" />
              </Button>
            </Can>
          </>
        }
      />
      <p className={classes.intro}>{t('roles.hint')}</p>
      <ul className={classes.cards}>
        {shown.map((one) => (
          <RoleCard key={one.id} role={one} />
        ))}
      </ul>
      {away.length > 0 && (
        <>
          <h2 className={classes.subtitle}>{t('roles.away')}</h2>
          <ul className={classes.cards}>
            {away.map((one) => (
              <RoleCard key={one.id} role={one} />
            ))}
          </ul>
        </>
      )}
      {isMaking && <NewRole roles={shown} onClose={() => setMaking(false)} />}
    </PageBody>
  )
}

function RoleCard({ role }: { role: RoleData }) {
  const t = useT()
  const nameOf = useRoleName()
  const rights = Object.values(role.lines).filter((line) => line !== 'never').length
  return (
    <li>
      <Link to={`/roles/${role.id}`} className={classes.card ?? ''} data-away={role.archivedAt !== null || undefined}>
        <span className={classes.cardTitle}>
          {nameOf(role)}
          {role.base !== role.key && <span className={classes.tag}>{t('roles.own')}</span>}
          {role.base === role.key && role.changed.length > 0 && <span className={classes.tag}>{t('roles.changedHere')}</span>}
        </span>
        <span className={classes.cardText}>{role.note ?? (t.has(`roleHint.${role.key}`) ? t(`roleHint.${role.key}`) : '')}</span>
        <span className={classes.faint}>
          {t('roles.count', { n: rights })} · {t('roles.people', { n: role.holders })}
        </span>
      </Link>
    </li>
  )
}

/** A new role begins as a copy of another one, or empty. */
export function NewRole({
  roles,
  from = null,
  onClose,
}: {
  roles: readonly RoleData[]
  from?: string | null
  onClose: () => void
}) {
  const t = useT()
  const go = useGo()
  const nameOf = useRoleName()
  const [name, setName] = useState('')
  const [source, setSource] = useState<string | null>(from)
  const create = useCommand<typeof roleRoutes>()('POST /roles', {
    quiet: true,
    touches: ['access'],
    onDone: ({ id }) => void go(`/roles/${id}`),
  })
  return (
    <Window onClose={onClose} title={t('roles.new')} size="sm">
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          if (name.trim()) void create.run({ name: name.trim(), from: source })
        }}
      >
        {create.problem && <ProblemNote of={create.problem} />}
        <TextInput
          label={t('field.name')}
          required
          maxLength={60}
          data-autofocus
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          mb="md"
        />
        <SearchSelect
          label={t('roles.from')}
          placeholder={t('roles.fromNothing')}
          clearable
          value={source}
          onChange={setSource}
          data={roles.filter((one) => one.key !== 'owner').map((one) => ({ value: one.key, label: nameOf(one) }))}
          mb="lg"
        />
        <Button type="submit" loading={create.isRunning} disabled={!name.trim()}>
          <T k="roles.make" />
        </Button>
      </form>
    </Window>
  )
}
