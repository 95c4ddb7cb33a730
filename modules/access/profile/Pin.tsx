import { Button, Group, PasswordInput, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { useCommand } from '#kit/web/base/command.tsx'
import { ProblemNote } from '#kit/web/look/parts.tsx'
import { queryClient } from '#kit/web/base/query.ts'
import { sessionQuery, useSession } from '#kit/web/session/session.tsx'
import { T, useT } from '#kit/web/base/words.tsx'
import { pinDigits } from '../session/pin.rules.ts'
import type { sessionRoutes } from '../device/session.routes.ts'

/** The number that one approves with at another person's till. Asked for together with the password. */
export function Pin() {
  const t = useT()
  const { user } = useSession()
  const hasPin = user?.hasPin ?? false
  const [current, setCurrent] = useState('')
  const [pin, setPin] = useState('')
  const save = useCommand<typeof sessionRoutes>()('POST /profile/pin', {
    done: 'profile.pinChanged',
    quiet: true,
    onDone: () => {
      setCurrent('')
      setPin('')
      void queryClient.invalidateQueries({ queryKey: sessionQuery.queryKey })
    },
  })
  const show = { 'aria-label': t('password.show') }
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void save.run({ current, pin })
      }}
    >
      <Stack gap="md" maw={420}>
        <Text size="sm" c="dimmed">
          <T k={hasPin ? 'profile.pinThere' : 'profile.pinNone'} />
        </Text>
        {save.problem && <ProblemNote of={save.problem} />}
        <PasswordInput
          label={t('field.newPin')}
          description={t('profile.pinHint')}
          inputWrapperOrder={['label', 'input', 'description']}
          inputMode="numeric"
          autoComplete="off"
          maxLength={8}
          visibilityToggleButtonProps={show}
          value={pin}
          onChange={(event) => setPin(pinDigits(event.currentTarget.value))}
        />
        <PasswordInput
          label={t('field.currentPassword')}
          autoComplete="current-password"
          visibilityToggleButtonProps={show}
          value={current}
          onChange={(event) => setCurrent(event.currentTarget.value)}
        />
        <Group>
          <Button type="submit" loading={save.isRunning} disabled={pin.length < 4 || !current}>
            <T k="profile.savePin" />
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
