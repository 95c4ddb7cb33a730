import { Button, SegmentedControl, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '#kit/web/base/api.ts'
import { BarePage } from '#kit/web/look/BarePage.tsx'
import { useCommand } from '#kit/web/base/command.tsx'
import { NewPassword } from '#kit/web/session/NewPassword.tsx'
import { EmptyState, ProblemNote } from '#kit/web/look/parts.tsx'
import { issueText } from '#kit/web/base/problem.ts'
import { fieldIssues } from '#kit/web/base/request.ts'
import { useSent } from '#kit/web/session/sent.ts'
import { useSession } from '#kit/web/session/session.tsx'
import { Link } from '#kit/web/base/url.tsx'
import { T, useLanguage, useT } from '#kit/web/base/words.tsx'
import { IconMailCheck } from '@tabler/icons-react'
import { Captcha, scoredToken } from './registration/Captcha.tsx'
import { Identity } from './registration/Identity.tsx'
import { NO_SELLER, SellerFields, sellerInputOf, type SellerFacts } from './registration/SellerFields.tsx'
import type { registrationRoutes } from './registration/registration.routes.ts'
import classes from './sign-in/sign-in.module.css'

/** Somebody who was not invited asks to be let in: who they are, the code of the mail, and then they wait. */
export default function RegisterPage() {
  const t = useT()
  const sent = useSent()
  const { company, leaves } = useSession()
  const [email, setEmail] = useState<string | null>(null)
  const [isWaiting, setWaiting] = useState(false)
  const [upload, setUpload] = useState<string | null>(null)
  const { data } = useQuery(api<typeof registrationRoutes>('register')('GET /register', {}))
  if (isWaiting)
    return (
      <BarePage title={t('register.waitingTitle')}>
        <EmptyState
          icon={IconMailCheck}
          title={t(leaves.mail ? 'register.waiting' : 'register.hint', { company: company?.name ?? 'Duka' })}
        />
      </BarePage>
    )
  if (upload !== null)
    return (
      <BarePage title={t('register.identityTitle')} hint={t('register.identityHint')}>
        <Identity token={upload} onDone={() => setWaiting(true)} />
      </BarePage>
    )
  if (data && !data.isOpen && !data.isOpenToSellers)
    return (
      <BarePage title={t('register.closedTitle')} hint={t('problem.access.registration.closed')}>
        <Back />
      </BarePage>
    )
  // The form stays as it was filled in: for another address, or another code.
  const isAsked = email !== null
  return (
    <BarePage
      title={t(isAsked ? 'register.codeTitle' : 'register.title')}
      hint={isAsked ? sent(t('register.codeHint', { email }), email) : t('register.hint', { company: company?.name ?? 'Duka' })}
    >
      {isAsked && (
        <Verify
          email={email}
          onDone={(next) => (next === null ? setWaiting(true) : setUpload(next))}
          onBack={() => setEmail(null)}
        />
      )}
      {data && (
        <div hidden={isAsked}>
          <Register offers={data} onDone={setEmail} />
        </div>
      )}
    </BarePage>
  )
}

const Back = () => (
  <p className={classes.aside}>
    <Link to="/sign-in">
      <T k="reset.back" />
    </Link>
  </p>
)

type Offers = NonNullable<(typeof registrationRoutes)['GET /register']['__output']>

function Register({ offers, onDone }: { offers: Offers; onDone: (email: string) => void }) {
  const { captcha } = offers
  const t = useT()
  const { language: locale } = useLanguage()
  const [values, setValues] = useState({ name: '', email: '', phone: '' })
  const [seller, setSeller] = useState<SellerFacts | null>(offers.isOpen ? null : NO_SELLER)
  const [password, setPassword] = useState('')
  const [token, setToken] = useState('')
  const register = useCommand<typeof registrationRoutes>()('POST /register', {
    quiet: true,
    onDone: () => onDone(values.email.trim()),
  })
  const issues = fieldIssues(register.problem)
  const wrong = (name: string) => issues[name] && issueText(t, issues[name])
  const field = (name: keyof typeof values) => ({
    error: wrong(name),
    value: values[name],
    onChange: (event: { currentTarget: { value: string } }) => {
      const { value } = event.currentTarget
      setValues((before) => ({ ...before, [name]: value }))
    },
  })
  const submit = async () => {
    const proof = captcha?.provider === 'recaptcha' ? await scoredToken(captcha.siteKey, 'register') : token
    const phone = values.phone.trim()
    await register.run({
      name: values.name.trim(),
      email: values.email.trim(),
      phone: phone === '' ? null : phone,
      password,
      locale,
      captcha: proof,
      seller: seller && sellerInputOf(seller),
    })
  }
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
    >
      {register.problem && <ProblemNote of={register.problem} />}
      {offers.isOpen && offers.isOpenToSellers && (
        <SegmentedControl
          fullWidth
          mb="md"
          aria-label={t('register.as')}
          value={seller ? 'seller' : 'person'}
          onChange={(kind) => setSeller(kind === 'seller' ? NO_SELLER : null)}
          data={(['person', 'seller'] as const).map((kind) => ({ value: kind, label: t(`register.as.${kind}`) }))}
        />
      )}
      <TextInput
        label={t('field.yourName')}
        autoComplete="name"
        required
        withAsterisk={false}
        autoFocus
        mb="md"
        {...field('name')}
      />
      <TextInput
        label={t('field.email')}
        type="email"
        autoComplete="username"
        inputMode="email"
        dir="ltr"
        required
        withAsterisk={false}
        mb="md"
        {...field('email')}
      />
      <TextInput
        label={t('register.phone')}
        type="tel"
        autoComplete="tel"
        dir="ltr"
        placeholder="+254 7…"
        mb="md"
        {...field('phone')}
      />
      {seller && <SellerFields value={seller} onChange={setSeller} wrong={(name) => wrong(`seller.${name}`)} />}
      <NewPassword label={t('field.password')} required value={password} onChange={setPassword} />
      {captcha && <Captcha {...captcha} action="register" onToken={setToken} />}
      <Button type="submit" fullWidth size="md" mt="lg" loading={register.isRunning}>
        <T k="register.go" />
      </Button>
      <Back />
    </form>
  )
}

interface VerifyProps {
  readonly email: string
  readonly onDone: (upload: string | null) => void
  readonly onBack: () => void
}

function Verify({ email, onDone, onBack }: VerifyProps) {
  const t = useT()
  const [code, setCode] = useState('')
  const verify = useCommand<typeof registrationRoutes>()('POST /register/verification', {
    quiet: true,
    onDone: ({ upload }) => onDone(upload),
  })
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void verify.run({ email, code })
      }}
    >
      {verify.problem && <ProblemNote of={verify.problem} />}
      <TextInput
        label={t('signIn.way.emailCode')}
        autoComplete="one-time-code"
        inputMode="numeric"
        dir="ltr"
        autoFocus
        maxLength={9}
        value={code}
        onChange={(event) => setCode(event.currentTarget.value)}
      />
      <Button type="submit" fullWidth size="md" mt="lg" loading={verify.isRunning} disabled={code.replace(/\D/g, '').length < 6}>
        <T k="signIn.goOn" />
      </Button>
      <Button variant="subtle" color="gray" fullWidth mt="xs" onClick={onBack}>
        <T k="register.otherCode" />
      </Button>
    </form>
  )
}
