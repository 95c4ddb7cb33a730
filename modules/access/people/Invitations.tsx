import { Button, Skeleton } from '@mantine/core'
import { IconMailOpened } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import type { Wire } from '#kit/web/base/api.ts'
import { useCommand } from '#kit/web/base/command.tsx'
import { EmptyState, PageBody, PageHead, Panel, Problem } from '#kit/web/look/parts.tsx'
import { Can, useSession } from '#kit/web/session/session.tsx'
import { Instant } from '#kit/web/entity/values.tsx'
import { AskFirst } from '#kit/web/entity/Verbs.tsx'
import { T, useT } from '#kit/web/base/words.tsx'
import { openInvitations, PeopleTabs } from './PeopleTabs.tsx'
import { RoleTags } from '../role/Roles.tsx'
import type { invitationRoutes } from '../invitation/invitation.routes.ts'
import classes from '../invitation/invitation.module.css'

type Row = Wire<NonNullable<(typeof invitationRoutes)['GET /invitations']['__output']>>['rows'][number]

/** Links that still let somebody in. */
export function Invitations({ actions }: { actions: ReactNode }) {
  const t = useT()
  const { data, error, refetch, isPending } = useQuery(openInvitations())
  return (
    <PageBody>
      <PageHead title={t('entities.access.user')} actions={actions} />
      <PeopleTabs here="invitations" />
      {isPending ? (
        <Skeleton h={160} />
      ) : error ? (
        <Problem of={error} retry={() => void refetch()} />
      ) : data.rows.length === 0 ? (
        <EmptyState icon={IconMailOpened} title={t('users.noInvitations')}>
          <T k="users.noInvitationsHint" />
        </EmptyState>
      ) : (
        <Panel flush>
          <ul className={classes.list}>
            {data.rows.map((row) => (
              <Invitation key={row.id} row={row} />
            ))}
          </ul>
        </Panel>
      )}
    </PageBody>
  )
}

function Invitation({ row }: { row: Row }) {
  const t = useT()
  const { leaves } = useSession()
  const [isAsking, ask] = useState(false)
  const withdraw = useCommand<typeof invitationRoutes>()('DELETE /invitations/:id', {
    done: 'users.withdrawn',
    touches: ['access'],
    onDone: () => ask(false),
  })
  const resend = useCommand<typeof invitationRoutes>()('POST /invitations/:id/mail', {
    done: leaves.mail ? 'users.resent' : 'sent.kept',
    touches: ['access'],
  })
  return (
    <li className={classes.row}>
      <div className={classes.who}>
        <strong>
          <bdi>{row.name}</bdi>
        </strong>
        <bdi dir="ltr" className={classes.faint}>
          {row.email}
        </bdi>
      </div>
      <RoleTags of={row.roles} />
      <div className={classes.when}>
        <span>
          <T k="users.ends" /> <Instant of={row.expiresAt} ago />
        </span>
        {row.invitedByName && (
          <span className={classes.faint}>
            <T k="users.invitedBy" /> <bdi>{row.invitedByName}</bdi>
          </span>
        )}
      </div>
      <Can do="access.user.edit">
        <Button
          variant="subtle"
          size="compact-sm"
          loading={resend.isRunning}
          onClick={() => void resend.run({ id: row.id })}
          aria-label={t('users.resendOf', { name: row.name })}
        >
          <T k="verb.resend" />
        </Button>
        <Button
          variant="default"
          size="compact-sm"
          onClick={() => ask(true)}
          aria-label={t('users.withdrawOf', { name: row.name })}
        >
          <T k="verb.withdraw" />
        </Button>
      </Can>
      {isAsking && (
        <AskFirst
          title={t('users.withdrawAsk', { name: row.name })}
          text={t('users.withdrawText')}
          action={t('verb.withdraw')}
          bad
          isRunning={withdraw.isRunning}
          onClose={() => ask(false)}
          onYes={() => void withdraw.run({ id: row.id })}
        />
      )}
    </li>
  )
}
