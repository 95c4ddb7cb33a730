import { Button, PasswordInput, Text, TextInput } from '@mantine/core'
import { IconLock } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '#kit/web/base/api.ts'
import { useCommand } from '#kit/web/base/command.tsx'
import { ProblemNote } from '#kit/web/look/parts.tsx'
import { Window } from '#kit/web/look/Window.tsx'
import { T, useT } from '#kit/web/base/words.tsx'
import { pinDigits } from '../session/pin.rules.ts'
import type { sessionRoutes } from './session.routes.ts'
import classes from './lock.module.css'

interface LockProps {
  /** Whose session it is. */
  readonly name: string
  readonly onDone: () => void
  /** Another person has taken over: nothing of the first one may stay on the screen. */
  readonly onSwitched: () => void
  readonly onOther: () => void
}

/** A shared device that nobody has touched for a while: what stands on it stays, behind the question for the PIN. */
export function LockScreen(props: LockProps) {
  const t = useT()
  const [isOther, setOther] = useState(false)
  return (
    <Window
      onClose={() => undefined}
      withCloseButton={false}
      closeOnEscape={false}
      closeOnClickOutside={false}
      overlayProps={{ blur: 8, backgroundOpacity: 0.6 }}
      title={t(isOther ? 'lock.otherTitle' : 'lock.title')}
      size="xs"
      zIndex={850}
    >
      {isOther ? <Other {...props} onBack={() => setOther(false)} /> : <Same {...props} onElse={() => setOther(true)} />}
    </Window>
  )
}

function PinInput({ pin, onPin }: { pin: string; onPin: (pin: string) => void }) {
  const t = useT()
  return (
    <PasswordInput
      label={t('field.pin')}
      inputMode="numeric"
      autoComplete="off"
      maxLength={8}
      autoFocus
      data-autofocus
      visibilityToggleButtonProps={{ 'aria-label': t('password.show') }}
      value={pin}
      onChange={(event) => onPin(pinDigits(event.currentTarget.value))}
    />
  )
}

function Same({ name, onDone, onElse }: LockProps & { onElse: () => void }) {
  const t = useT()
  const [pin, setPin] = useState('')
  const unlock = useCommand<typeof sessionRoutes>()('DELETE /session/lock', { quiet: true, onDone })
  const submit = async () => {
    if (!(await unlock.run({ pin }))) setPin('')
  }
  return (
    <form
      noValidate
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
      <PinInput pin={pin} onPin={setPin} />
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
      <Button variant="subtle" color="gray" fullWidth mt="xs" onClick={onElse}>
        <T k="signIn.other" />
      </Button>
    </form>
  )
}

/** Another person goes on here: by their badge, or by name and PIN. */
function Other({ onSwitched, onOther, onBack }: LockProps & { onBack: () => void }) {
  const t = useT()
  const [person, setPerson] = useState<{ id: string; name: string } | null>(null)
  const [pin, setPin] = useState('')
  const [badge, setBadge] = useState('')
  const { data } = useQuery({ ...api<typeof sessionRoutes>('session')('GET /session/colleagues', {}), staleTime: 0 })
  const change = useCommand<typeof sessionRoutes>()('POST /session/user', { quiet: true, onDone: onSwitched })
  const signOut = useCommand<typeof sessionRoutes>()('POST /sign-out', { onDone: onOther })
  const submit = async () => {
    const input = person ? { person: person.id, pin } : { badge: badge.trim() }
    if (await change.run(input)) return
    setPin('')
    setBadge('')
  }
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        event.stopPropagation()
        void submit()
      }}
    >
      {change.problem && <ProblemNote of={change.problem} />}
      {person ? (
        <>
          <Text size="sm" c="dimmed" mb="md">
            {t('lock.text', { name: person.name })}
          </Text>
          <PinInput pin={pin} onPin={setPin} />
          <Button type="submit" fullWidth mt="md" loading={change.isRunning} disabled={pin.length < 4}>
            <T k="lock.goOn" />
          </Button>
          <Button variant="subtle" color="gray" fullWidth mt="xs" onClick={() => setPerson(null)}>
            <T k="lock.back" />
          </Button>
        </>
      ) : (
        <>
          <TextInput
            label={t('lock.badge')}
            dir="ltr"
            autoComplete="off"
            autoFocus
            data-autofocus
            maxLength={40}
            value={badge}
            onChange={(event) => setBadge(event.currentTarget.value)}
          />
          <ul className={classes.people} aria-label={t('lock.people')}>
            {data?.rows.map((row) => (
              <li key={row.id}>
                <Button variant="default" fullWidth onClick={() => setPerson(row)}>
                  <bdi>{row.name}</bdi>
                </Button>
              </li>
            ))}
          </ul>
          <Button variant="subtle" fullWidth loading={signOut.isRunning} onClick={() => void signOut.run({})}>
            <T k="lock.byPassword" />
          </Button>
          <Button variant="subtle" color="gray" fullWidth onClick={onBack}>
            <T k="lock.back" />
          </Button>
        </>
      )}
    </form>
  )
}
