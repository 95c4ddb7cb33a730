import { useState } from 'react'
import { countryFacts } from '#modules/places/country.ts'
import { BarePage } from '#kit/web/look/BarePage.tsx'
import { upload } from '#kit/web/base/api.ts'
import { useAction } from '#kit/web/base/command.tsx'
import { isProblem, request } from '#kit/web/base/request.ts'
import { queryClient } from '#kit/web/base/query.ts'
import { sessionQuery } from '#kit/web/session/session.tsx'
import { T, useLanguage, useT } from '#kit/web/base/words.tsx'
import type { Translate } from '#kit/words.ts'
import { CodeStep, CompanyStep, DoneStep, OwnerStep, PapersStep, StoreStep } from './setup.steps.tsx'
import classes from './setup.module.css'

/** What the wizard gathers; sent once, at the end, so that nothing is half set up. */
export interface SetupDraft {
  readonly code: string
  readonly company: {
    name: string
    country: string
    currency: string
    timeZone: string
    cutOffHour: number
    areasOff: readonly string[]
  }
  /** The till is called what this page proposes until somebody types another name. */
  readonly store: { name: string; till: string | null }
  /** Kept in this page until there is somebody to send it. */
  readonly papers: { taxNumber: string; receiptHead: string; receiptNote: string; logo: File | null }
  readonly owner: { name: string; email: string; password: string }
}

const steps = ['code', 'company', 'store', 'papers', 'owner'] as const
type Step = (typeof steps)[number] | 'done'

/** The country that the clock of this device suggests. */
function firstDraft(): SetupDraft {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
  const facts = countryFacts(zoneCountry[zone] ?? 'KE')
  const company = {
    name: '',
    country: facts.code,
    currency: facts.currency,
    timeZone: facts.timeZones[0]!,
    cutOffHour: facts.cutOffHour,
    areasOff: [],
  }
  const papers = { taxNumber: '', receiptHead: '', receiptNote: '', logo: null }
  return { code: '', company, store: { name: '', till: null }, papers, owner: { name: '', email: '', password: '' } }
}
const zoneCountry: Readonly<Record<string, string>> = {
  'Asia/Dubai': 'AE',
  'Asia/Riyadh': 'SA',
  'Africa/Cairo': 'EG',
  'Asia/Kuwait': 'KW',
  'Asia/Muscat': 'OM',
  'Asia/Qatar': 'QA',
  'Asia/Bahrain': 'BH',
  'Africa/Kampala': 'UG',
  'Africa/Dar_es_Salaam': 'TZ',
  'Europe/Kyiv': 'UA',
  'Asia/Almaty': 'KZ',
}

/** In the language of the page as it is at the end, however often it was changed on the way. */
const sentOf = ({ papers: { logo: _, ...papers }, company, store, ...rest }: SetupDraft, t: Translate, locale: string) => ({
  ...rest,
  company: { ...company, ...papers, locale },
  store: { ...store, till: store.till ?? t('setup.tillName') },
})

export default function SetupPage() {
  const t = useT()
  const { language } = useLanguage()
  const [step, setStep] = useState<Step>('code')
  const [draft, setDraft] = useState(firstDraft)
  const at = steps.indexOf(step as 'code')
  const setUp = useAction((input: SetupDraft, key) => request('POST', '/setup', sentOf(input, t, language), { key }), {
    quiet: true,
  })
  // The owner is signed in by now. What goes wrong with a picture is said; the shop is open all the same.
  const sendLogo = useAction((file: File, key) => upload('/company/logo', file, {}, { key }))
  const check = useAction((input: { code: string }, key) => request<object>('POST', '/setup/code', input, { key }), {
    quiet: true,
  })
  const next = async (changes: Partial<SetupDraft>) => {
    const now = { ...draft, ...changes }
    setDraft(now)
    if (step === 'owner') {
      const done = await setUp.run(now)
      if (!done) return
      if (now.papers.logo) await sendLogo.run(now.papers.logo)
      setStep('done')
    } else if (step === 'code' && !(await check.run({ code: now.code }))) return
    else setStep(steps[at + 1] ?? 'owner')
  }
  const back = () => {
    setUp.forget()
    check.forget()
    setStep(isProblem(setUp.problem, 'setup.company.wrongCode') ? 'code' : (steps[at - 1] ?? 'code'))
  }
  const shared = { draft, onNext: (changes: Partial<SetupDraft>) => void next(changes), onBack: back }

  if (step === 'done') {
    const start = async () => {
      await queryClient.fetchQuery({ ...sessionQuery, staleTime: 0 })
    }
    return (
      <BarePage wide title={t('setup.doneTitle')} hint={t('setup.doneHint', { company: draft.company.name })}>
        <DoneStep onLeave={start} />
      </BarePage>
    )
  }
  return (
    <BarePage wide title={t(`setup.${step}.title`)} hint={t(`setup.${step}.hint`)}>
      <ol className={classes.steps} aria-label={t('setup.progress', { n: at + 1, of: steps.length })}>
        {steps.map((one, index) => (
          <li
            key={one}
            data-state={index < at ? 'done' : index === at ? 'here' : undefined}
            aria-current={index === at ? 'step' : undefined}
          >
            <T k={`setup.${one}.step`} />
          </li>
        ))}
      </ol>
      {step === 'code' && <CodeStep {...shared} isRunning={check.isRunning} problem={check.problem} />}
      {step === 'company' && <CompanyStep {...shared} />}
      {step === 'store' && <StoreStep {...shared} />}
      {step === 'papers' && <PapersStep {...shared} />}
      {step === 'owner' && <OwnerStep {...shared} isRunning={setUp.isRunning || sendLogo.isRunning} problem={setUp.problem} />}
    </BarePage>
  )
}
