import { Button, Group, Modal, PasswordInput, Text } from '@mantine/core'
import { useState } from 'react'
import { useAction } from '#kit/web/command.tsx'
import { ProblemNote } from '#kit/web/parts.tsx'
import { queryClient } from '#kit/web/query.ts'
import { request } from '#kit/web/request.ts'
import { sessionQuery, useSession } from '#kit/web/session.tsx'
import { T, useT } from '#kit/web/words.tsx'

/**
 * Stands over the page when the session has run out. The page below stays as it is, with everything that was typed on
 * it; after the password it goes on where it was.
 */
export function SignInAgain({ onDone, onOther }: { onDone: () => void; onOther: () => void }) {
  const t = useT()
  const { user } = useSession()
  const [password, setPassword] = useState('')
  const signIn = useAction((input: { email: string; password: string }, key) => request('POST', '/sign-in', input, { key }), {
    quiet: true,
    onDone: () => {
      void queryClient.fetchQuery({ ...sessionQuery, staleTime: 0 }).then(() => {
        onDone()
        return queryClient.invalidateQueries()
      })
    },
  })
  return (
    <Modal
      opened
      onClose={() => undefined}
      withCloseButton={false}
      closeOnEscape={false}
      closeOnClickOutside={false}
      title={t('signIn.again')}
      size="sm"
      zIndex={900}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void signIn.run({ email: user?.email ?? '', password })
        }}
      >
        <Text size="sm" c="dimmed" mb="md">
          <T k="signIn.againText" />
        </Text>
        {signIn.problem && <ProblemNote of={signIn.problem} />}
        <input type="text" name="username" autoComplete="username" value={user?.email ?? ''} readOnly hidden />
        <PasswordInput
          label={t('signIn.passwordOf', { email: user?.email ?? '' })}
          name="password"
          autoComplete="current-password"
          data-autofocus
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          visibilityToggleButtonProps={{ 'aria-label': t('password.show') }}
        />
        <Group justify="space-between" gap="xs" mt="lg">
          <Button variant="subtle" color="gray" onClick={onOther}>
            <T k="signIn.other" />
          </Button>
          <Button type="submit" loading={signIn.isRunning} disabled={!password}>
            <T k="signIn.go" />
          </Button>
        </Group>
      </form>
    </Modal>
  )
}
