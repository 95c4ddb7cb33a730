import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useCommand } from '#kit/web/base/command.tsx'
import { ProblemNote } from '#kit/web/look/parts.tsx'
import { useSent } from '#kit/web/session/sent.ts'
import { T, useT } from '#kit/web/base/words.tsx'
import type { StepProps } from './SignInSteps.tsx'
import type { signInRoutes } from './sign-in.routes.ts'
import classes from '../sign-in/sign-in.module.css'

/** The code that was mailed in place of the password. */
export function MailedCode({ onNext }: StepProps) {
  const t = useT()
  const sent = useSent()
  const [code, setCode] = useState('')
  const prove = useCommand<typeof signInRoutes>()('POST /sign-in/code/answer', { quiet: true, onDone: onNext })
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void prove.run({ code })
      }}
    >
      {prove.problem && <ProblemNote of={prove.problem} />}
      <TextInput
        label={t('signIn.way.emailCode')}
        description={sent(t('signIn.mailedHint'))}
        inputWrapperOrder={['label', 'description', 'input']}
        autoComplete="one-time-code"
        inputMode="numeric"
        dir="ltr"
        autoFocus
        data-autofocus
        maxLength={9}
        value={code}
        onChange={(event) => setCode(event.currentTarget.value)}
      />
      <Button type="submit" fullWidth size="md" mt="lg" loading={prove.isRunning} disabled={code.trim().length < 6}>
        <T k="signIn.goOn" />
      </Button>
      <div className={classes.ways}>
        <Button variant="subtle" color="gray" fullWidth onClick={() => onNext({ next: 'first' })}>
          <T k="signIn.other" />
        </Button>
      </div>
    </form>
  )
}
