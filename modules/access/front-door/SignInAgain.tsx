import { Button, Text } from '@mantine/core'
import { queryClient } from '#kit/web/base/query.ts'
import { sessionQuery, useSession } from '#kit/web/session/session.tsx'
import { Window } from '#kit/web/look/Window.tsx'
import { T, useT } from '#kit/web/base/words.tsx'
import { SignInSteps } from './SignInSteps.tsx'

/**
 * Stands over the page when the session has run out. The page below stays as it is, with everything that was typed on
 * it; after the sign-in it goes on where it was.
 */
export function SignInAgain({ onDone, onOther }: { onDone: () => void; onOther: () => void }) {
  const t = useT()
  const { user } = useSession()
  const enter = async () => {
    await queryClient.fetchQuery({ ...sessionQuery, staleTime: 0 })
    onDone()
    await queryClient.invalidateQueries()
  }
  return (
    <Window
      onClose={() => undefined}
      withCloseButton={false}
      closeOnEscape={false}
      closeOnClickOutside={false}
      title={t('signIn.again')}
      size="sm"
      zIndex={900}
    >
      <Text size="sm" c="dimmed" mb="md">
        <T k="signIn.againText" />
      </Text>
      <SignInSteps
        email={user?.email ?? ''}
        onDone={() => void enter()}
        footer={
          <Button variant="subtle" color="gray" fullWidth mt="xs" onClick={onOther}>
            <T k="signIn.other" />
          </Button>
        }
      />
    </Window>
  )
}
