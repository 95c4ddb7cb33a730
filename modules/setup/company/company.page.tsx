import { Button, Group, NumberInput, SimpleGrid, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { api } from '#kit/web/base/api.ts'
import { useCommand } from '#kit/web/base/command.tsx'
import { useForm, type Values } from '#kit/web/form/form.ts'
import { LeaveGuard } from '#kit/web/look/LeaveGuard.tsx'
import { PageBody, PageHead, PageSkeleton, Panel, Problem, ProblemNote } from '#kit/web/look/parts.tsx'
import { queryClient } from '#kit/web/base/query.ts'
import { sessionQuery, useSession } from '#kit/web/session/session.tsx'
import { TaxNumberInput } from '#kit/web/input/TaxNumberInput.tsx'
import { T, useT } from '#kit/web/base/words.tsx'
import { likeTaxNumber } from '#modules/places/country.ts'
import { Elsewhere } from './Elsewhere.tsx'
import { Papers } from './Papers.tsx'
import { Areas, Languages, Money, Place, type SectionProps } from './Sections.tsx'
import { companyInput } from './setup.ts'
import type { setupRoutes } from './setup.routes.ts'

const company = () => api<typeof setupRoutes>()('GET /company', {})
export type CompanyFacts = Awaited<ReturnType<ReturnType<typeof company>['queryFn']>>

/** What holds for the whole company: its name, money, languages and clock. */
export default function CompanyPage() {
  const { data, error, refetch, isPending } = useQuery(company())
  if (isPending) return <PageSkeleton />
  if (error && !data) return <Problem of={error} retry={() => void refetch()} />
  return <Form facts={data} />
}

function startOf({ company: of, pos }: CompanyFacts): Values {
  return {
    name: of.name,
    taxNumber: of.taxNumber ?? null,
    receiptHead: of.receiptHead ?? null,
    receiptNote: of.receiptNote ?? null,
    country: of.country,
    currency: of.currency,
    pricesIncludeTax: of.pricesIncludeTax,
    discountLimit: pos.discountLimit,
    locale: of.locale,
    languages: of.languages,
    timeZone: of.timeZone,
    cutOffHour: of.cutOffHour,
    areasOff: of.areasOff,
  }
}

function Form({ facts }: { facts: CompanyFacts }) {
  const t = useT()
  const { may } = useSession()
  const form = useForm(startOf(facts), 'setup.company')
  const isShut = !may('setup.company.edit')
  const like = likeTaxNumber(String(form.values['country']), String(form.values['taxNumber'] ?? ''))
  const save = useCommand<typeof setupRoutes>()('POST /company', { quiet: true, done: 'common.saved' })
  const submit = async () => {
    if (!form.check(companyInput)) return
    const done = await save.run(form.values as never)
    if (!done) return
    form.settle()
    await queryClient.invalidateQueries({ queryKey: sessionQuery.queryKey })
  }
  const section: SectionProps = { form, facts, isShut }
  return (
    <PageBody narrow>
      <PageHead title={t('page.company')} hint={t(isShut ? 'company.readOnly' : 'company.hint')} />
      <LeaveGuard when={form.isDirty && !save.isRunning} onDiscard={form.dropDraft} />
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void submit()
        }}
      >
        {save.problem && !Object.keys(form.errors).length && <ProblemNote of={save.problem} />}
        <Panel title={t('company.name')}>
          <SimpleGrid cols={{ base: 1, xs: 2 }}>
            <TextInput
              label={t('field.companyName')}
              autoComplete="organization"
              disabled={isShut}
              error={form.errors['name']}
              value={String(form.values['name'] ?? '')}
              onChange={(event) => form.set('name', event.currentTarget.value)}
            />
            <TaxNumberInput
              label={t('field.taxNumber')}
              description={t('company.taxNumberHint')}
              inputWrapperOrder={['label', 'input', 'description', 'error']}
              disabled={isShut}
              like={like}
              error={form.errors['taxNumber']}
              value={String(form.values['taxNumber'] ?? '')}
              onChange={(taxNumber) => form.set('taxNumber', taxNumber)}
            />
          </SimpleGrid>
        </Panel>
        <Panel title={t('company.papers')}>
          <Papers {...section} />
        </Panel>
        <Panel title={t('company.money')}>
          <Money {...section} />
        </Panel>
        <Panel title={t('company.till')}>
          <NumberInput
            label={t('company.discountLimit')}
            description={t('company.discountLimitHint')}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            suffix=" %"
            min={0}
            max={100}
            decimalScale={2}
            maw={280}
            disabled={isShut}
            error={form.errors['discountLimit']}
            value={Number(form.values['discountLimit'] ?? 0) / 10_000}
            onChange={(percent) => form.set('discountLimit', percent === '' ? null : Math.round(Number(percent) * 10_000))}
          />
        </Panel>
        <Panel title={t('company.areas')}>
          <Areas {...section} />
        </Panel>
        <Panel title={t('company.languages')}>
          <Languages {...section} />
        </Panel>
        <Panel title={t('company.clock')}>
          <Place {...section} />
        </Panel>
        {!isShut && (
          <Group mb="xl">
            <Button type="submit" loading={save.isRunning} disabled={!form.isDirty}>
              <T k="common.save" />
            </Button>
            {form.isDirty && (
              <Button variant="default" onClick={form.dropDraft}>
                <T k="form.discardDraft" />
              </Button>
            )}
          </Group>
        )}
      </form>
      <Elsewhere />
    </PageBody>
  )
}
