import { useQuery } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import { api } from '#kit/web/base/api.ts'
import { Enrolment } from './Enrolment.tsx'
import { FirstProof } from './FirstProof.tsx'
import { MailedCode } from './MailedCode.tsx'
import { NewPasswordStep } from './NewPasswordStep.tsx'
import { SecondProof } from './SecondProof.tsx'
import type { signInRoutes } from './sign-in.routes.ts'
import type { NextStep } from '../sign-in/sign-in.ts'

export type Step = NextStep | { readonly next: 'first' } | { readonly next: 'mailed' }
const STATES = { secondAsked: 'second', enrolmentAsked: 'enrolment', passwordAsked: 'password' } as const

export interface StepProps {
  readonly onNext: (step: Step) => void
}

/** The steps of a sign-in, one at a time; the server says which is next. A page that was reloaded goes on where it was. */
export function SignInSteps({ email, onDone, footer }: { email?: string; onDone: () => void; footer?: ReactNode }) {
  const [step, setStep] = useState<Step | null>(null)
  const { data: offers } = useQuery({ ...api<typeof signInRoutes>('sign-in')('GET /sign-in', {}), staleTime: 0, gcTime: 0 })
  const next = (to: Step) => (to.next === 'enter' ? onDone() : setStep(to))
  const pending = offers?.state && offers.state in STATES ? STATES[offers.state as keyof typeof STATES] : 'first'
  const now: Step = step ?? (pending === 'first' ? { next: 'first' } : { next: pending, ways: offers?.ways ?? [] })
  switch (now.next) {
    case 'second':
      return <SecondProof ways={now.ways ?? []} trustDays={offers?.trustDays ?? 0} onNext={next} />
    case 'enrolment':
      return <Enrolment onNext={next} />
    case 'password':
      return <NewPasswordStep onNext={next} />
    case 'mailed':
      return <MailedCode onNext={next} />
    default:
      return (
        <FirstProof
          {...(email !== undefined && { fixed: email })}
          hasCode={offers?.emailCode ?? false}
          provider={offers?.provider ?? null}
          isOpen={(offers?.registration ?? false) && email === undefined}
          onNext={next}
          footer={footer}
        />
      )
  }
}
