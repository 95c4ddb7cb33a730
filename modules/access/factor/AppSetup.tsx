import { Button, CopyButton, TextInput } from '@mantine/core'
import { useState } from 'react'
import { ProblemNote } from '#kit/web/look/parts.tsx'
import { T, useT } from '#kit/web/base/words.tsx'
import classes from './factor.module.css'

export interface Proposed {
  readonly secret: string
  readonly qr: string
}

/** The QR code for the app, its secret for those who can't scan it, and the first code to show that it works. */
export function AppSetup({
  proposed,
  problem,
  isRunning,
  onCode,
}: {
  proposed: Proposed
  problem: unknown
  isRunning: boolean
  onCode: (code: string) => void
}) {
  const t = useT()
  const [code, setCode] = useState('')
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        event.stopPropagation()
        onCode(code)
      }}
    >
      {problem !== null && problem !== undefined && <ProblemNote of={problem} />}
      <ol className={classes.steps}>
        <li>
          <T k="factor.scan" />
          <img
            className={classes.qr}
            src={`data:image/svg+xml;base64,${btoa(proposed.qr)}`}
            width={176}
            height={176}
            alt={t('factor.qr')}
          />
          <details>
            <summary>
              <T k="factor.cantScan" />
            </summary>
            <code className={classes.secret} dir="ltr">
              {proposed.secret.replace(/(.{4})/g, '$1 ').trim()}
            </code>
            <CopyButton value={proposed.secret}>
              {({ copied, copy }) => (
                <Button variant="default" size="compact-sm" onClick={copy}>
                  <T k={copied ? 'users.copied' : 'users.copy'} />
                </Button>
              )}
            </CopyButton>
          </details>
        </li>
        <li>
          <TextInput
            label={t('factor.firstCode')}
            inputMode="numeric"
            autoComplete="one-time-code"
            dir="ltr"
            maxLength={7}
            value={code}
            onChange={(event) => setCode(event.currentTarget.value)}
          />
        </li>
      </ol>
      <Button type="submit" fullWidth loading={isRunning} disabled={code.replace(/\s/g, '').length < 6}>
        <T k="factor.confirm" />
      </Button>
    </form>
  )
}
