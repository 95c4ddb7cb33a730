import { Alert, Button, Group, NumberInput, Select, SimpleGrid, Switch, TagsInput, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { IconAlertTriangle } from '@tabler/icons-react'
import { api } from '#kit/web/base/api.ts'
import { useCommand } from '#kit/web/base/command.tsx'
import { useForm, type FormState } from '#kit/web/form/form.ts'
import { LeaveGuard } from '#kit/web/look/LeaveGuard.tsx'
import { PageBody, PageHead, PageSkeleton, Panel, Problem, ProblemNote } from '#kit/web/look/parts.tsx'
import { Can, useSession } from '#kit/web/session/session.tsx'
import { Link } from '#kit/web/base/url.tsx'
import { T, useT } from '#kit/web/base/words.tsx'
import { GroupRoles } from './GroupRoles.tsx'
import { codeWays, emailCodeUses, securityInput, type Security } from '../security/security.ts'
import type { securityRoutes } from './security.routes.ts'

/** How people get in: what a password needs, who shows a second proof, how long a session lives. */
export default function SecurityPage() {
  const { data, error, refetch, isPending } = useQuery(api<typeof securityRoutes>('access')('GET /security', {}))
  if (isPending) return <PageSkeleton />
  if (error && !data) return <Problem of={error} retry={() => void refetch()} />
  return <SecurityForm security={data.security as Security} />
}

const below = ['label', 'input', 'description', 'error'] as ('label' | 'input' | 'description' | 'error')[]

function SecurityForm({ security }: { security: Security }) {
  const t = useT()
  const form = useForm({ ...security })
  const save = useCommand<typeof securityRoutes>()('POST /security', { quiet: true, done: 'common.saved', touches: ['access'] })
  const submit = async () => {
    if (!form.check(securityInput)) return
    if (await save.run(form.values as never)) form.settle()
  }
  return (
    <PageBody narrow>
      <PageHead title={t('page.security')} hint={t('security.hint')} />
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void submit()
        }}
      >
        <LeaveGuard when={form.isDirty && !save.isRunning} />
        {save.problem && <ProblemNote of={save.problem} />}
        <Panel title={t('security.attempts')}>
          <SimpleGrid cols={{ base: 1, xs: 3 }}>
            <Whole form={form} name="attemptsPerMinute" min={3} max={1000} />
            <Whole form={form} name="failuresToLock" min={3} max={100} />
            <Whole form={form} name="lockMinutes" min={1} max={1440} />
          </SimpleGrid>
          <Text size="sm" c="dimmed" mt="md">
            <T k="security.attemptsText" />
          </Text>
        </Panel>
        <Panel title={t('security.passwords')}>
          <SimpleGrid cols={{ base: 1, xs: 2 }}>
            <Whole form={form} name="passwordLeast" min={8} max={64} />
            <Select
              label={t('security.emailCode')}
              description={t(`security.emailCodeHint.${String(form.values['emailCode'])}`)}
              inputWrapperOrder={below}
              allowDeselect={false}
              value={String(form.values['emailCode'])}
              onChange={(use) => form.set('emailCode', use)}
              data={emailCodeUses.map((use) => ({ value: use, label: t(`security.emailCode.${use}`) }))}
            />
            {form.values['emailCode'] !== 'off' && (
              <Select
                label={t('security.codeBy')}
                description={t(`security.codeByHint.${String(form.values['codeBy'])}`)}
                inputWrapperOrder={below}
                allowDeselect={false}
                value={String(form.values['codeBy'])}
                onChange={(way) => form.set('codeBy', way)}
                data={codeWays.map((way) => ({ value: way, label: t(`security.codeBy.${way}`) }))}
              />
            )}
          </SimpleGrid>
          {form.values['emailCode'] !== 'off' && <NoServer by={String(form.values['codeBy'])} says="security.noMail" />}
          <Switch
            mt="lg"
            label={t('security.breachCheck')}
            description={t('security.breachHint')}
            checked={form.values['breachCheck'] === true}
            onChange={(event) => form.set('breachCheck', event.currentTarget.checked)}
          />
        </Panel>
        <Panel title={t('security.second')}>
          <Text size="sm" c="dimmed">
            <T k="security.secondHint" />{' '}
            <Link to="/roles">
              <T k="page.roles" />
            </Link>
          </Text>
          <SimpleGrid cols={{ base: 1, xs: 3 }} mt="lg">
            <Whole form={form} name="trustDays" min={0} max={90} />
          </SimpleGrid>
        </Panel>
        <Panel title={t('security.registrationTitle')}>
          <Switch
            label={t('security.registration')}
            description={t('security.registrationHint')}
            checked={form.values['registration'] === true}
            onChange={(event) => form.set('registration', event.currentTarget.checked)}
          />
          <Switch
            mt="lg"
            label={t('security.sellerRegistration')}
            description={t('security.sellerRegistrationHint')}
            checked={form.values['sellerRegistration'] === true}
            onChange={(event) => form.set('sellerRegistration', event.currentTarget.checked)}
          />
        </Panel>
        <GroupRoles form={form} />
        <Panel title={t('security.checkpoints')}>
          <TagsInput
            label={t('security.checkpointMails')}
            description={t('security.checkpointHint')}
            inputWrapperOrder={below}
            dir="ltr"
            maxTags={5}
            error={form.errors['checkpointMails']}
            value={[...(form.values['checkpointMails'] as string[])]}
            onChange={(mails) => form.set('checkpointMails', mails)}
          />
          {(form.values['checkpointMails'] as string[]).length > 0 && <NoServer by="mail" says="sent.kept" />}
        </Panel>
        <Group mb="xl">
          <Button type="submit" loading={save.isRunning} disabled={!form.isDirty}>
            <T k="common.save" />
          </Button>
        </Group>
      </form>
    </PageBody>
  )
}

function Whole({ form, name, min, max }: { form: FormState; name: string; min: number; max: number }) {
  const t = useT()
  return (
    <NumberInput
      label={t(`security.${name}`)}
      min={min}
      max={max}
      allowDecimal={false}
      error={form.errors[name]}
      value={Number(form.values[name])}
      onChange={(value) => form.set(name, value === '' ? null : Number(value))}
    />
  )
}

/** Codes and checkpoints that never leave are of use to nobody. */
function NoServer({ by, says }: { by: string; says: string }) {
  const { leaves } = useSession()
  if (leaves.mail && (by !== 'sms' || leaves.sms)) return null
  return (
    <Alert mt="md" color="orange" icon={<IconAlertTriangle size={17} />}>
      <T k={leaves.mail ? 'security.noSms' : says} />{' '}
      <Can do="access.connection.edit">
        <Link to={`/settings/connections/${leaves.mail ? 'sms' : 'mail'}`}>
          <T k={leaves.mail ? 'connections.setUpSms' : 'connections.setUp'} />
        </Link>
      </Can>
    </Alert>
  )
}
