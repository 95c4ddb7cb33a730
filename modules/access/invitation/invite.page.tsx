import { Button, CopyButton, Group, TextInput } from '@mantine/core'
import { IconCheck, IconCopy, IconMail } from '@tabler/icons-react'
import { useState } from 'react'
import { useCommand } from '#kit/web/base/command.tsx'
import { LeaveGuard } from '#kit/web/look/LeaveGuard.tsx'
import { LinkButton } from '#kit/web/look/LinkButton.tsx'
import { ShortTextInput } from '#kit/web/input/inputs.tsx'
import { useForm } from '#kit/web/form/form.ts'
import { PageBody, PageHead, Panel, ProblemNote } from '#kit/web/look/parts.tsx'
import { useSession } from '#kit/web/session/session.tsx'
import { useGo } from '#kit/web/base/url.tsx'
import { Instant } from '#kit/web/entity/values.tsx'
import { T, useT } from '#kit/web/base/words.tsx'
import { RolesInput } from '../role/Roles.tsx'
import type { Membership } from '../role/role.ts'
import { inviteInput } from './invitation.ts'
import type { invitationRoutes } from './invitation.routes.ts'
import { makeToken } from './token.rules.ts'
import classes from './invitation.module.css'

interface Sent {
  readonly name: string
  readonly email: string
  readonly link: string
  readonly expiresAt: string
}

/** Asks somebody to work here. The link is shown once, because nobody but the person invited should keep it. */
export default function InvitePage() {
  const t = useT()
  const [sent, setSent] = useState<Sent | null>(null)
  return (
    <PageBody narrow>
      <PageHead title={t('page.invite')} hint={sent ? undefined : t('users.inviteHint')} />
      <Panel>{sent ? <TheLink of={sent} onNext={() => setSent(null)} /> : <InviteForm onSent={setSent} />}</Panel>
    </PageBody>
  )
}

function InviteForm({ onSent }: { onSent: (sent: Sent) => void }) {
  const t = useT()
  const go = useGo()
  const { place, places } = useSession()
  const [token] = useState(makeToken)
  const start: Membership[] = [{ role: 'cashier', place: place?.id ?? places[0]?.id ?? null }]
  const form = useForm({ name: '', email: '', roles: start })
  const invite = useCommand<typeof invitationRoutes>()('POST /invitations', { quiet: true, touches: ['access'] })
  const { name, email, roles } = form.values as { name: string; email: string; roles: Membership[] }
  const submit = async () => {
    const input = { token, name: name.trim(), email: email.trim(), roles }
    if (!form.check(inviteInput.omit({ token: true }))) return
    const answer = await invite.run(input)
    if (!answer) return
    onSent({ ...input, link: `${location.origin}/invitation/${token}`, expiresAt: answer.expiresAt })
  }
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
    >
      <LeaveGuard when={form.isDirty && !invite.isRunning} />
      {invite.problem && <ProblemNote of={invite.problem} />}
      <div className={classes.fields}>
        <ShortTextInput
          label={t('field.name')}
          autoFocus
          value={name}
          maxLength={120}
          error={form.errors['name']}
          onChange={(value) => form.set('name', value)}
        />
        <ShortTextInput
          label={t('field.email')}
          type="email"
          inputMode="email"
          dir="ltr"
          value={email}
          error={form.errors['email']}
          onChange={(value) => form.set('email', value)}
        />
        <RolesInput value={roles} onChange={(next) => form.set('roles', next)} error={form.errors['roles']} />
        <Group gap="xs">
          <Button type="submit" loading={invite.isRunning}>
            <T k="users.makeLink" />
          </Button>
          <Button variant="default" onClick={() => go('/users')}>
            <T k="common.cancel" />
          </Button>
        </Group>
      </div>
    </form>
  )
}

function TheLink({ of: { name, email, link, expiresAt }, onNext }: { of: Sent; onNext: () => void }) {
  const t = useT()
  const { company } = useSession()
  const subject = t('users.mailSubject', { company: company?.name ?? 'Duka' })
  const mail = `mailto:${email}?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(`${subject}\n\n${link}`)}`
  return (
    <div role="status">
      <p className={classes.text}>
        <T k="users.linkText" name={name} /> <T k="users.expires" /> <Instant of={expiresAt} style="long" />.
      </p>
      <div className={classes.link}>
        <TextInput
          aria-label={t('users.link')}
          dir="ltr"
          readOnly
          value={link}
          onFocus={(event) => event.currentTarget.select()}
          data-autofocus
        />
        <CopyButton value={link} timeout={4000}>
          {({ copied, copy }) => (
            <Button onClick={copy} leftSection={copied ? <IconCheck size={16} /> : <IconCopy size={16} />}>
              <T k={copied ? 'users.copied' : 'users.copy'} />
            </Button>
          )}
        </CopyButton>
      </div>
      <div className={classes.after}>
        <Button variant="default" component="a" href={mail} leftSection={<IconMail size={16} />}>
          <T k="users.mail" />
        </Button>
        <Button variant="default" onClick={onNext}>
          <T k="users.inviteAnother" />
        </Button>
        <LinkButton variant="default" to="/users" search={{ show: 'invitations' }}>
          <T k="common.done" />
        </LinkButton>
      </div>
    </div>
  )
}
