import { Button, Skeleton, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '#kit/web/base/api.ts'
import { BarePage } from '#kit/web/look/BarePage.tsx'
import { useAction } from '#kit/web/base/command.tsx'
import { useEnter } from '#kit/web/session/enter.ts'
import { NewPassword } from '#kit/web/session/NewPassword.tsx'
import { Problem, ProblemNote } from '#kit/web/look/parts.tsx'
import { request } from '#kit/web/base/request.ts'
import { useSession } from '#kit/web/session/session.tsx'
import { usePathParam } from '#kit/web/base/url.tsx'
import { T, useLanguage, useT } from '#kit/web/base/words.tsx'
import type { Translate } from '#kit/words.ts'
import type { invitationRoutes } from './invitation/invitation.routes.ts'

export default function InvitationPage() {
  const t = useT()
  const token = usePathParam('token')
  const { company } = useSession()
  const [joined, setJoined] = useState(false)
  const { data, error, isPending } = useQuery({
    ...api<typeof invitationRoutes>()('GET /invitations/by-token/:token', { token }),
    // Once accepted the link is over: it is not asked about again on the way in.
    enabled: !joined,
  })
  if (error) return <BarePage title={t('invitation.goneTitle')}>{<Problem of={error} />}</BarePage>
  return (
    <BarePage
      title={t('invitation.title', { company: company?.name ?? 'Duka' })}
      hint={data && t('invitation.hint', { email: data.email, role: rolesText(t, data.roles) })}
    >
      {isPending && !joined ? (
        <Skeleton h={180} />
      ) : (
        data && <Accept token={token} name={data.name} onJoined={() => setJoined(true)} />
      )}
    </BarePage>
  )
}

const rolesText = (t: Translate, roles: readonly { role: string; placeName: string | null }[]): string =>
  roles.map(({ role, placeName }) => [t.of('role', role), placeName].filter(Boolean).join(' · ')).join(', ')

function Accept({ token, name: known, onJoined }: { token: string; name: string; onJoined: () => void }) {
  const t = useT()
  const enter = useEnter()
  const { language: locale } = useLanguage()
  const [name, setName] = useState(known)
  const [password, setPassword] = useState('')
  const accept = useAction(
    (input: { token: string; name: string; password: string; locale: string }, key) =>
      request('POST', '/invitations/acceptance', input, { key }),
    {
      quiet: true,
      onDone: () => {
        onJoined()
        void enter()
      },
    },
  )
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void accept.run({ token, name: name.trim(), password, locale })
      }}
    >
      {accept.problem && <ProblemNote of={accept.problem} />}
      <TextInput
        label={t('field.yourName')}
        autoComplete="name"
        required
        withAsterisk={false}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        mb="md"
      />
      <NewPassword label={t('field.password')} required value={password} onChange={setPassword} mb="xs" />
      <Button type="submit" fullWidth size="md" mt="lg" loading={accept.isRunning}>
        <T k="invitation.go" />
      </Button>
    </form>
  )
}
