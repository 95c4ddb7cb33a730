import { Button, Modal, PasswordInput, Text } from '@mantine/core'
import { IconLock } from '@tabler/icons-react'
import { useState } from 'react'
import { useCommand } from '#kit/web/command.tsx'
import { ProblemNote } from '#kit/web/parts.tsx'
import { T, useT } from '#kit/web/words.tsx'
import { pinDigits } from './pin.rules.ts'
import type { sessionRoutes } from './session.routes.ts'

/** A shared device that nobody has touched for a while: what stands on it stays, behind the question for the PIN. */
export function LockScreen({ name, onDone, onOther }: { name: string; onDone: () => void; onOther: () => void }) {
  const t = useT()
  const [pin, setPin] = useState('')
  const unlock = useCommand<typeof sessionRoutes>()('DELETE /session/lock', { quiet: true, onDone })
  const signOut = useCommand<typeof sessionRoutes>()('POST /sign-out', { onDone: onOther })
  const submit = async () => {
    if (!(await unlock.run({ pin }))) setPin('')
  }
  return (
    <Modal
      opened
      onClose={() => undefined}
      withCloseButton={false}
      closeOnEscape={false}
      closeOnClickOutside={false}
      overlayProps={{ blur: 8, backgroundOpacity: 0.6 }}
      title={t('lock.title')}
      size="xs"
      zIndex={850}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          event.stopPropagation()
          void submit()
        }}
      >
        <Text size="sm" c="dimmed" mb="md">
          {t('lock.text', { name })}
        </Text>
        {unlock.problem && <ProblemNote of={unlock.problem} />}
        <PasswordInput
          label={t('field.pin')}
          inputMode="numeric"
          autoComplete="off"
          maxLength={8}
          data-autofocus
          visibilityToggleButtonProps={{ 'aria-label': t('password.show') }}
          value={pin}
          onChange={(event) => setPin(pinDigits(event.currentTarget.value))}
        />
        <Button
          type="submit"
          fullWidth
          mt="md"
          leftSection={<IconLock size={16} />}
          loading={unlock.isRunning}
          disabled={pin.length < 4}
        >
          <T k="lock.go" />
        </Button>
        <Button variant="subtle" color="gray" fullWidth mt="xs" loading={signOut.isRunning} onClick={() => void signOut.run({})}>
          <T k="signIn.other" />
        </Button>
      </form>
    </Modal>
  )
}
