import { Button, Checkbox, Group, Select, SimpleGrid, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { IconBarcode, IconBuildingStore, IconCashRegister, IconChevronRight, IconFileImport } from '@tabler/icons-react'
import { useMemo, useState, type ReactNode } from 'react'
import { currencyCodes } from '#kit/money.ts'
import { formatHour, formatRate, nameOfLanguage } from '#kit/words.ts'
import { NewPassword } from '#kit/web/session/NewPassword.tsx'
import { SearchSelect } from '#kit/web/input/SearchSelect.tsx'
import type { PageIcon } from '#kit/web/base/page.ts'
import { usePages } from '#kit/web/base/page.ts'
import { ProblemNote } from '#kit/web/look/parts.tsx'
import { PictureButton } from '#kit/web/input/PictureButton.tsx'
import { TaxNumberInput } from '#kit/web/input/TaxNumberInput.tsx'
import { useGo } from '#kit/web/base/url.tsx'
import { languages, T, useLanguage, useT } from '#kit/web/base/words.tsx'
import { LOGO_MEGABYTES, optionalAreas, PAPER_TEXT } from '#modules/places/company.ts'
import { countries, countryFacts, likeTaxNumber, taxName } from '#modules/places/country.ts'
import type { SetupDraft } from './setup.page.tsx'
import classes from './setup.module.css'

interface StepProps {
  readonly draft: SetupDraft
  readonly onNext: (changes: Partial<SetupDraft>) => void
  readonly onBack: () => void
}

function Step({
  canGoOn,
  isFirst,
  goLabel,
  isRunning,
  onBack,
  onGo,
  onSkip,
  children,
}: {
  canGoOn: boolean
  isFirst?: boolean
  goLabel: string
  isRunning?: boolean
  onBack: () => void
  onGo: () => void
  /** The step may be left out. */
  onSkip?: () => void
  children: ReactNode
}) {
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (canGoOn) onGo()
      }}
    >
      <Stack gap="md">{children}</Stack>
      <Group justify="space-between" mt="xl">
        {isFirst ? (
          <span />
        ) : (
          <Button variant="default" size="md" onClick={onBack}>
            <T k="common.back" />
          </Button>
        )}
        <Group gap="xs">
          {onSkip && (
            <Button variant="subtle" size="md" onClick={onSkip}>
              <T k="setup.skip" />
            </Button>
          )}
          <Button type="submit" size="md" disabled={!canGoOn} loading={isRunning ?? false}>
            {goLabel}
          </Button>
        </Group>
      </Group>
    </form>
  )
}

export function CodeStep({ draft, onNext, onBack, isRunning, problem }: StepProps & { isRunning: boolean; problem: unknown }) {
  const t = useT()
  const [code, setCode] = useState(draft.code)
  return (
    <Step
      canGoOn={code.replace(/\D/g, '').length >= 4}
      isRunning={isRunning}
      isFirst
      goLabel={t('common.next')}
      onBack={onBack}
      onGo={() => onNext({ code: code.trim() })}
    >
      {problem !== null && <ProblemNote of={problem} />}
      <TextInput
        label={t('field.setupCode')}
        size="lg"
        dir="ltr"
        inputMode="numeric"
        autoComplete="one-time-code"
        autoFocus
        classNames={{ input: classes.code ?? '' }}
        value={code}
        onChange={(event) => setCode(event.currentTarget.value)}
      />
    </Step>
  )
}

export function CompanyStep({ draft, onNext, onBack }: StepProps) {
  const t = useT()
  const { language, digits, setLanguage } = useLanguage()
  const [company, setCompany] = useState(draft.company)
  const facts = countryFacts(company.country)
  const set = (changes: Partial<SetupDraft['company']>) => setCompany((before) => ({ ...before, ...changes }))
  const names = useMemo(() => new Intl.DisplayNames([t.locale], { type: 'region' }), [t.locale])
  const money = useMemo(() => new Intl.DisplayNames([t.locale], { type: 'currency' }), [t.locale])
  const chooseCountry = (code: string) => {
    const next = countryFacts(code)
    set({ country: code, currency: next.currency, timeZone: next.timeZones[0]!, cutOffHour: next.cutOffHour })
  }
  const hours = Array.from({ length: 13 }, (_, hour) => ({ value: String(hour), label: formatHour(hour, digits) }))
  return (
    <Step
      canGoOn={company.name.trim() !== ''}
      goLabel={t('common.next')}
      onBack={onBack}
      onGo={() => onNext({ company: { ...company, name: company.name.trim() } })}
    >
      <TextInput
        label={t('field.companyName')}
        autoComplete="organization"
        autoFocus
        value={company.name}
        onChange={(event) => set({ name: event.currentTarget.value })}
      />
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="md">
        <SearchSelect
          label={t('field.country')}
          value={company.country}
          onChange={(code) => code && chooseCountry(code)}
          data={countries.map((one) => ({ value: one.code, label: names.of(one.code) ?? one.name }))}
        />
        <SearchSelect
          label={t('field.currency')}
          value={company.currency}
          onChange={(currency) => currency && set({ currency })}
          data={currencyCodes.map((code) => ({ value: code, label: `${code} · ${money.of(code) ?? code}` }))}
        />
        <Select
          label={t('field.language')}
          value={language}
          onChange={(chosen) => chosen && void setLanguage(chosen)}
          data={languages.map((one) => ({ value: one, label: nameOfLanguage(one) }))}
        />
        <SearchSelect
          label={t('field.timeZone')}
          value={company.timeZone}
          onChange={(timeZone) => timeZone && set({ timeZone })}
          data={[...new Set([...facts.timeZones, company.timeZone])]}
        />
      </SimpleGrid>
      <Select
        label={t('field.cutOffHour')}
        description={t('setup.cutOffHint')}
        value={String(company.cutOffHour)}
        onChange={(hour) => hour && set({ cutOffHour: Number(hour) })}
        data={hours}
        maw={280}
      />
      <div className={classes.preview}>
        <strong>
          <T k="setup.taxes" />
        </strong>
        <ul>
          {facts.taxes.map((tax) => (
            <li key={tax.code}>
              <span>{taxName(t, tax)}</span>
              <b>{formatRate(tax.rate, t.locale)}</b>
            </li>
          ))}
        </ul>
        <p>
          <T k={facts.pricesIncludeTax ? 'setup.taxInside' : 'setup.taxNone'} />
        </p>
      </div>
    </Step>
  )
}

export function StoreStep({ draft, onNext, onBack }: StepProps) {
  const t = useT()
  const [store, setStore] = useState(draft.store)
  const [areasOff, setAreasOff] = useState(draft.company.areasOff)
  const till = store.till ?? t('setup.tillName')
  const isComplete = store.name.trim() !== '' && till.trim() !== ''
  return (
    <Step
      canGoOn={isComplete}
      goLabel={t('common.next')}
      onBack={onBack}
      onGo={() =>
        onNext({
          store: { name: store.name.trim(), till: store.till?.trim() ?? null },
          company: { ...draft.company, areasOff },
        })
      }
    >
      <TextInput
        label={t('field.storeName')}
        placeholder={t('setup.storeExample')}
        autoFocus
        value={store.name}
        onChange={(event) => setStore({ ...store, name: event.currentTarget.value })}
      />
      <TextInput
        label={t('field.tillName')}
        value={till}
        onChange={(event) => setStore({ ...store, till: event.currentTarget.value })}
      />
      <Checkbox.Group
        label={t('setup.areas')}
        description={t('setup.areasHint')}
        value={optionalAreas.filter((area) => !areasOff.includes(area))}
        onChange={(used) => setAreasOff(optionalAreas.filter((area) => !used.includes(area)))}
      >
        <SimpleGrid cols={2} mt="xs">
          {optionalAreas.map((area) => (
            <Checkbox key={area} value={area} label={t(`menu.${area}`)} />
          ))}
        </SimpleGrid>
      </Checkbox.Group>
    </Step>
  )
}

const NO_PAPERS = { taxNumber: '', receiptHead: '', receiptNote: '', logo: null }

/** What stands on papers. All of it can follow later. */
export function PapersStep({ draft, onNext, onBack }: StepProps) {
  const t = useT()
  const [papers, setPapers] = useState(draft.papers)
  const like = likeTaxNumber(draft.company.country, papers.taxNumber)
  const set = (changes: Partial<SetupDraft['papers']>) => setPapers((before) => ({ ...before, ...changes }))
  return (
    <Step
      canGoOn={like === undefined}
      goLabel={t('common.next')}
      onBack={onBack}
      onGo={() => onNext({ papers })}
      onSkip={() => onNext({ papers: NO_PAPERS })}
    >
      <TaxNumberInput
        label={t('field.taxNumber')}
        description={t('setup.taxNumberHint')}
        autoFocus
        maw={320}
        like={like}
        value={papers.taxNumber}
        onChange={(taxNumber) => set({ taxNumber })}
      />
      <div>
        <Group gap="sm">
          <PictureButton label={t('company.chooseLogo')} megabytes={LOGO_MEGABYTES} onPick={(logo) => set({ logo })}>
            <T k={papers.logo ? 'company.otherLogo' : 'company.chooseLogo'} />
          </PictureButton>
          {papers.logo && <bdi>{papers.logo.name}</bdi>}
        </Group>
        <Text size="sm" c="dimmed" mt={6}>
          {t('company.logoHint', { megabytes: LOGO_MEGABYTES })}
        </Text>
      </div>
      {(['receiptHead', 'receiptNote'] as const).map((name) => (
        <Textarea
          key={name}
          label={t(`company.${name}`)}
          description={t(`company.${name}Hint`)}
          autosize
          minRows={2}
          maxRows={6}
          maxLength={PAPER_TEXT}
          value={papers[name]}
          onChange={(event) => set({ [name]: event.currentTarget.value })}
        />
      ))}
    </Step>
  )
}

export function OwnerStep({ draft, onNext, onBack, isRunning, problem }: StepProps & { isRunning: boolean; problem: unknown }) {
  const t = useT()
  const [owner, setOwner] = useState(draft.owner)
  const set = (changes: Partial<SetupDraft['owner']>) => setOwner((before) => ({ ...before, ...changes }))
  const isComplete =
    owner.name.trim() !== '' && /^[^\s@]+@[^\s@.]+(?:\.[^\s@.]+)+$/.test(owner.email.trim()) && owner.password !== ''
  return (
    <Step
      canGoOn={isComplete}
      isRunning={isRunning}
      goLabel={t('setup.go')}
      onBack={onBack}
      onGo={() => onNext({ owner: { ...owner, name: owner.name.trim(), email: owner.email.trim() } })}
    >
      {problem !== null && <ProblemNote of={problem} />}
      <TextInput
        label={t('field.yourName')}
        autoComplete="name"
        autoFocus
        value={owner.name}
        onChange={(event) => set({ name: event.currentTarget.value })}
      />
      <TextInput
        label={t('field.email')}
        type="email"
        dir="ltr"
        inputMode="email"
        autoComplete="username"
        value={owner.email}
        onChange={(event) => set({ email: event.currentTarget.value })}
      />
      <NewPassword
        label={t('field.password')}
        words={[owner.name, owner.email]}
        value={owner.password}
        onChange={(password) => set({ password })}
      />
    </Step>
  )
}

/** What to do first in a shop that has just been set up. */
export function DoneStep({ onLeave }: { onLeave: () => Promise<void> }) {
  const go = useGo()
  const pages = usePages()
  const exists = (path: string) => pages.some((page) => page.path === path || page.path.split('/$')[0] === path)
  const leave = async (to: string) => {
    await onLeave()
    go(to, { replace: true })
  }
  const first = (...paths: string[]) => paths.find(exists) ?? '/'
  const nexts: { key: string; icon: PageIcon; to: string }[] = [
    { key: 'import', icon: IconFileImport, to: exists('/import') ? '/import/catalog.product' : '/catalog/products' },
    { key: 'product', icon: IconBarcode, to: first('/catalog/products/new', '/catalog/products') },
    { key: 'stock', icon: IconBuildingStore, to: first('/inventory/receive', '/inventory/documents') },
    { key: 'till', icon: IconCashRegister, to: first('/pos/sell', '/pos/sales') },
  ]
  return (
    <ul className={classes.nexts}>
      {nexts.map(({ key, icon: Icon, to }) => (
        <li key={key}>
          <button type="button" onClick={() => void leave(to)}>
            <Icon size={22} stroke={1.6} />
            <span>
              <strong>
                <T k={`setup.next.${key}`} />
              </strong>
              <small>
                <T k={`setup.next.${key}Hint`} />
              </small>
            </span>
            <IconChevronRight size={18} className={classes.chevron} />
          </button>
        </li>
      ))}
    </ul>
  )
}
