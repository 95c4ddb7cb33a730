import { Button, Group, PasswordInput, Select, Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import { formatNumber, nameOfLanguage, type Digits } from '#kit/words.ts'
import { useAction } from '#kit/web/command.tsx'
import { NewPassword } from '#kit/web/NewPassword.tsx'
import { PageBody, PageHead, Panel, ProblemNote } from '#kit/web/parts.tsx'
import { queryClient } from '#kit/web/query.ts'
import { request } from '#kit/web/request.ts'
import { sessionQuery, useSession } from '#kit/web/session.tsx'
import { SchemeChoice } from '#kit/web/SchemeChoice.tsx'
import { languages, T, useLanguage, useT } from '#kit/web/words.tsx'

export default function ProfilePage() {
  const t = useT()
  const { user } = useSession()
  return (
    <PageBody narrow>
      <PageHead title={t('page.profile')} hint={user?.email} />
      <Panel title={t('profile.you')}>
        <You />
      </Panel>
      <Panel title={t('scheme.title')}>
        <SchemeChoice />
      </Panel>
      <Panel title={t('profile.password')}>
        <Password />
      </Panel>
      <Panel title={t('profile.pin')}>
        <Pin />
      </Panel>
    </PageBody>
  )
}

function You() {
  const t = useT()
  const { user } = useSession()
  const { setLanguage } = useLanguage()
  const [name, setName] = useState(user?.name ?? '')
  const [locale, setLocale] = useState(user?.locale ?? 'en')
  const [digits, setDigits] = useState<Digits>(user?.digits ?? 'latn')
  const save = useAction(
    (input: { name: string; locale: string; digits: Digits }, key) => request('POST', '/profile', input, { key }),
    {
      done: 'common.saved',
      onDone: () => {
        void setLanguage(locale)
        void queryClient.invalidateQueries({ queryKey: sessionQuery.queryKey })
      },
    },
  )
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        void save.run({ name: name.trim(), locale, digits })
      }}
    >
      <Stack gap="md" maw={420}>
        <TextInput
          label={t('field.yourName')}
          autoComplete="name"
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Select
          label={t('field.language')}
          value={locale}
          onChange={(next) => setLocale(next ?? 'en')}
          data={languages.map((one) => ({ value: one, label: nameOfLanguage(one) }))}
        />
        <Select
          label={t('field.digits')}
          value={digits}
          onChange={(next) => setDigits((next ?? 'latn') as Digits)}
          data={(['latn', 'arab'] as const).map((one) => ({ value: one, label: formatNumber(1234567890, 'en', one) }))}
        />
        <Group>
          <Button type="submit" loading={save.isRunning} disabled={name.trim() === ''}>
            <T k="common.save" />
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

function Password() {
  const t = useT()
  const [current, setCurrent] = useState('')
  const [password, setPassword] = useState('')
  const change = useAction(
    (input: { current: string; password: string }, key) => request('POST', '/profile/password', input, { key }),
    {
      done: 'profile.passwordChanged',
      quiet: true,
      onDone: () => {
        setCurrent('')
        setPassword('')
      },
    },
  )
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        void change.run({ current, password })
      }}
    >
      <Stack gap="md" maw={420}>
        {change.problem && <ProblemNote of={change.problem} />}
        <PasswordInput
          label={t('field.currentPassword')}
          autoComplete="current-password"
          visibilityToggleButtonProps={{ 'aria-label': t('password.show') }}
          value={current}
          onChange={(event) => setCurrent(event.currentTarget.value)}
        />
        <NewPassword label={t('field.newPassword')} value={password} onChange={setPassword} />
        <Group>
          <Button type="submit" loading={change.isRunning} disabled={!current || !password}>
            <T k="profile.changePassword" />
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

function Pin() {
  const t = useT()
  const [pin, setPin] = useState('')
  const save = useAction((input: { pin: string }, key) => request('POST', '/profile/pin', input, { key }), {
    done: 'profile.pinChanged',
    quiet: true,
    onDone: () => setPin(''),
  })
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        void save.run({ pin })
      }}
    >
      <Stack gap="md" maw={420}>
        {save.problem && <ProblemNote of={save.problem} />}
        <PasswordInput
          label={t('field.newPin')}
          description={t('profile.pinHint')}
          inputMode="numeric"
          autoComplete="off"
          maxLength={8}
          visibilityToggleButtonProps={{ 'aria-label': t('password.show') }}
          value={pin}
          onChange={(event) => setPin(event.currentTarget.value.replace(/\D/g, ''))}
        />
        <Group>
          <Button type="submit" loading={save.isRunning} disabled={pin.length < 4}>
            <T k="profile.savePin" />
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
