import { Skeleton, Text } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useCommand } from '#kit/web/base/command.tsx'
import { ProblemNote } from '#kit/web/look/parts.tsx'
import { T } from '#kit/web/base/words.tsx'
import { AppSetup, type Proposed } from '../factor/AppSetup.tsx'
import { BackupCodes } from '../factor/BackupCodes.tsx'
import type { StepProps } from './SignInSteps.tsx'
import type { signInRoutes } from './sign-in.routes.ts'
import type { NextStep } from '../sign-in/sign-in.ts'

/** A role asks for a second proof: an app is set up on the way in. */
export function Enrolment({ onNext }: StepProps) {
  const [proposed, setProposed] = useState<Proposed | null>(null)
  const [done, setDone] = useState<{ codes: readonly string[]; step: NextStep } | null>(null)
  const propose = useCommand<typeof signInRoutes>()('POST /sign-in/enrolment', { quiet: true, onDone: setProposed })
  const confirm = useCommand<typeof signInRoutes>()('POST /sign-in/enrolment/confirmation', {
    quiet: true,
    onDone: ({ backupCodes, ...step }) => setDone({ codes: backupCodes, step }),
  })
  const ask = propose.run
  useEffect(() => {
    void ask({})
    // Once: each asking makes another secret.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [])
  if (done) return <BackupCodes codes={done.codes} onDone={() => onNext(done.step)} />
  if (propose.problem) return <ProblemNote of={propose.problem} />
  return (
    <>
      <Text size="sm" c="dimmed" mb="md">
        <T k="signIn.enrol" />
      </Text>
      {proposed ? (
        <AppSetup
          proposed={proposed}
          problem={confirm.problem}
          isRunning={confirm.isRunning}
          onCode={(code) => void confirm.run({ code })}
        />
      ) : (
        <Skeleton h={260} />
      )}
    </>
  )
}
