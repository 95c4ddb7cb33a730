import { Button, Checkbox, TextInput } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useCommand } from '#kit/web/base/command.tsx'
import { ProblemNote } from '#kit/web/look/parts.tsx'
import { isProblem } from '#kit/web/base/request.ts'
import { useSent } from '#kit/web/session/sent.ts'
import { T, useT } from '#kit/web/base/words.tsx'
import { PasskeyButton } from './FirstProof.tsx'
import type { StepProps } from './SignInSteps.tsx'
import type { signInRoutes } from './sign-in.routes.ts'
import type { Proof } from '../session/session.ts'
import classes from '../sign-in/sign-in.module.css'

type Way = 'totp' | 'backup' | 'emailCode'
const isWay = (way: Proof): way is Way => way === 'totp' || way === 'backup' || way === 'emailCode'

/** The second proof: a code of the app, of the paper, or of the mailbox; or a passkey. */
export function SecondProof({ ways, trustDays, onNext }: StepProps & { ways: readonly Proof[]; trustDays: number }) {
  const t = useT()
  const typed = ways.filter(isWay)
  const [way, setWay] = useState<Way | undefined>(typed[0])
  const [code, setCode] = useState('')
  const [trust, setTrust] = useState(false)
  const prove = useCommand<typeof signInRoutes>()('POST /sign-in/second', { quiet: true, onDone: onNext })
  const sent = useSent()
  const [sentTo, setSentTo] = useState<string | null>(null)
  const mail = useCommand<typeof signInRoutes>()('POST /sign-in/second/mail', { onDone: ({ to }) => setSentTo(to) })
  const isOver = isProblem(prove.problem, 'access.signIn.over')
  const sendMail = mail.run
  useEffect(() => {
    if (way === 'emailCode') void sendMail({})
    // Once when it is chosen, not for every drawing.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [way])
  const submit = async () => {
    if (way && !(await prove.run({ way, code, trust }))) setCode('')
  }
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
    >
      {prove.problem && <ProblemNote of={prove.problem} />}
      {isOver ? (
        <Button fullWidth onClick={() => onNext({ next: 'first' })}>
          <T k="signIn.beginAgain" />
        </Button>
      ) : (
        <>
          {way && (
            <>
              <TextInput
                key={way}
                label={t(`signIn.way.${way}`)}
                description={
                  way === 'emailCode' && sentTo ? sent(t('profile.codeSent', { to: sentTo }), sentTo) : t(`signIn.wayHint.${way}`)
                }
                inputWrapperOrder={['label', 'description', 'input']}
                name="one-time-code"
                autoComplete="one-time-code"
                inputMode={way === 'backup' ? 'text' : 'numeric'}
                dir="ltr"
                autoFocus
                data-autofocus
                maxLength={way === 'backup' ? 20 : 9}
                value={code}
                onChange={(event) => setCode(event.currentTarget.value)}
              />
              {trustDays > 0 && (
                <Checkbox
                  mt="md"
                  label={t('signIn.trust', { n: trustDays })}
                  checked={trust}
                  onChange={(event) => setTrust(event.currentTarget.checked)}
                />
              )}
              <Button type="submit" fullWidth size="md" mt="lg" loading={prove.isRunning} disabled={code.trim().length < 6}>
                <T k="signIn.goOn" />
              </Button>
            </>
          )}
          <div className={classes.ways}>
            {ways.includes('passkey') && <PasskeyButton onNext={onNext} trust={trust} />}
            {typed
              .filter((one) => one !== way)
              .map((one) => (
                <Button key={one} variant="subtle" fullWidth onClick={() => setWay(one)}>
                  <T k={`signIn.use.${one}`} />
                </Button>
              ))}
            {way === 'emailCode' && (
              <Button variant="subtle" fullWidth loading={mail.isRunning} onClick={() => void mail.run({})}>
                <T k="signIn.mailAgain" />
              </Button>
            )}
            <Button variant="subtle" color="gray" fullWidth onClick={() => onNext({ next: 'first' })}>
              <T k="signIn.other" />
            </Button>
          </div>
        </>
      )}
    </form>
  )
}
