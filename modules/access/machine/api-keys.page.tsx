import { Button, CopyButton, Group, NumberInput, Select, TagsInput, TextInput } from '@mantine/core'
import { IconApi, IconCheck, IconCopy, IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { SearchMultiSelect } from '#kit/web/input/SearchSelect.tsx'
import { api, type Wire } from '#kit/web/base/api.ts'
import { useCommand } from '#kit/web/base/command.tsx'
import { EmptyState, PageBody, PageHead, PageSkeleton, Panel, Problem, ProblemNote } from '#kit/web/look/parts.tsx'
import { useSession } from '#kit/web/session/session.tsx'
import { Instant } from '#kit/web/entity/values.tsx'
import { AskFirst } from '#kit/web/entity/Verbs.tsx'
import { Window } from '#kit/web/look/Window.tsx'
import { T, useT } from '#kit/web/base/words.tsx'
import { permissionText } from '../role/permission.ts'
import classes from '../factor/factor.module.css'
import { useRoles } from '../role/useRoles.tsx'
import type { machineRoutes } from './machine.routes.ts'

type Row = Wire<NonNullable<(typeof machineRoutes)['GET /api-keys']['__output']>>['rows'][number]

/** Keys with which programs call the API in one's name; people who look after the others see all of them. */
export default function ApiKeysPage() {
  const t = useT()
  const { may } = useSession()
  const all = may('access.user.edit')
  const [isMaking, setMaking] = useState(false)
  const { data, error, refetch, isPending } = useQuery(
    api<typeof machineRoutes>('access')('GET /api-keys', { all: all ? 'true' : 'false' }),
  )
  if (isPending) return <PageSkeleton />
  if (error && !data) return <Problem of={error} retry={() => void refetch()} />
  const make = (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setMaking(true)} data-shortcut="new">
      <T k="apiKeys.make" />
    </Button>
  )
  return (
    <PageBody narrow>
      <PageHead title={t('page.apiKeys')} hint={t('apiKeys.hint')} actions={make} />
      {data.rows.length === 0 ? (
        <EmptyState icon={IconApi} title={t('apiKeys.none')}>
          <T k="apiKeys.noneHint" />
        </EmptyState>
      ) : (
        <Panel flush>
          <ul className={classes.factors} aria-label={t('page.apiKeys')}>
            {data.rows.map((row) => (
              <Key key={row.id} row={row} />
            ))}
          </ul>
        </Panel>
      )}
      {isMaking && <Make mine={data.mine} onClose={() => setMaking(false)} />}
    </PageBody>
  )
}

function Key({ row }: { row: Row }) {
  const t = useT()
  const [isAsking, ask] = useState(false)
  const revoke = useCommand<typeof machineRoutes>()('DELETE /api-keys/:id', {
    done: 'apiKeys.revoked',
    touches: ['access'],
    onDone: () => ask(false),
  })
  return (
    <li>
      <span>
        <bdi>{row.name}</bdi> · <bdi>{row.holderName}</bdi>
        <span className={classes.sub}>
          <code dir="ltr">{row.prefix}…</code> · {t('apiKeys.rights', { n: row.permissions.length })}
          {row.expiresAt && (
            <>
              {' · '}
              <T k="users.ends" /> <Instant of={row.expiresAt} ago />
            </>
          )}
          {' · '}
          {row.usedAt ? (
            <>
              <T k="factor.used" /> <Instant of={row.usedAt} ago /> <bdi dir="ltr">{row.usedFrom}</bdi>
            </>
          ) : (
            <T k="apiKeys.unused" />
          )}
        </span>
      </span>
      <Button
        variant="default"
        size="compact-sm"
        aria-label={t('apiKeys.revokeOf', { name: row.name })}
        onClick={() => ask(true)}
      >
        <T k="apiKeys.revoke" />
      </Button>
      {isAsking && (
        <AskFirst
          title={t('apiKeys.revokeAsk', { name: row.name })}
          text={t('apiKeys.revokeText')}
          action={t('apiKeys.revoke')}
          bad
          isRunning={revoke.isRunning}
          onClose={() => ask(false)}
          onYes={() => void revoke.run({ id: row.id })}
        />
      )}
    </li>
  )
}

const DAYS = [30, 90, 365] as const

function Make({ mine, onClose }: { mine: readonly string[]; onClose: () => void }) {
  const t = useT()
  const { data: roles } = useRoles()
  const [name, setName] = useState('')
  const [permissions, setPermissions] = useState<string[]>([])
  const [addresses, setAddresses] = useState<string[]>([])
  const [rate, setRate] = useState(120)
  const [days, setDays] = useState<string>('365')
  const [key, setKey] = useState<string | null>(null)
  const make = useCommand<typeof machineRoutes>()('POST /api-keys', {
    quiet: true,
    touches: ['access'],
    onDone: ({ key: made }) => setKey(made),
  })
  const sentences = new Map(roles?.permissions.map((one) => [one.name, permissionText(t, one)]))
  if (key)
    return (
      <Window onClose={onClose} title={t('apiKeys.made')} size="md" closeOnClickOutside={false}>
        <div role="status">
          <p className={classes.hint}>
            <T k="apiKeys.once" />
          </p>
          <TextInput
            aria-label={t('page.apiKeys')}
            dir="ltr"
            readOnly
            value={key}
            onFocus={(event) => event.currentTarget.select()}
            data-autofocus
          />
          <Group mt="md" gap="xs">
            <CopyButton value={key} timeout={4000}>
              {({ copied, copy }) => (
                <Button onClick={copy} leftSection={copied ? <IconCheck size={16} /> : <IconCopy size={16} />}>
                  <T k={copied ? 'users.copied' : 'users.copy'} />
                </Button>
              )}
            </CopyButton>
            <Button variant="default" onClick={onClose}>
              <T k="common.done" />
            </Button>
          </Group>
        </div>
      </Window>
    )
  return (
    <Window onClose={onClose} title={t('apiKeys.make')} size="md">
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void make.run({ name: name.trim(), permissions, addresses, rate, days: days === 'never' ? null : Number(days) })
        }}
      >
        {make.problem && <ProblemNote of={make.problem} />}
        <TextInput
          label={t('field.name')}
          placeholder={t('apiKeys.namePlaceholder')}
          data-autofocus
          maxLength={80}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          mb="md"
        />
        <SearchMultiSelect
          label={t('apiKeys.permissions')}
          value={permissions}
          onChange={setPermissions}
          data={mine.toSorted().map((value) => ({ value, label: sentences.get(value) ?? value }))}
          mb="md"
        />
        <TagsInput
          label={t('apiKeys.addresses')}
          description={t('apiKeys.addressesHint')}
          dir="ltr"
          placeholder="203.0.113.0/24"
          value={addresses}
          onChange={setAddresses}
          mb="md"
        />
        <Group grow align="start">
          <NumberInput
            label={t('apiKeys.rate')}
            min={1}
            max={6000}
            allowDecimal={false}
            value={rate}
            onChange={(value) => setRate(Number(value) || 1)}
          />
          <Select
            label={t('apiKeys.ends')}
            allowDeselect={false}
            value={days}
            onChange={(value) => setDays(value ?? '365')}
            data={[
              ...DAYS.map((n) => ({ value: String(n), label: t('apiKeys.days', { n }) })),
              { value: 'never', label: t('security.never') },
            ]}
          />
        </Group>
        <Button
          type="submit"
          fullWidth
          mt="lg"
          loading={make.isRunning}
          disabled={name.trim() === '' || permissions.length === 0}
        >
          <T k="apiKeys.make" />
        </Button>
      </form>
    </Window>
  )
}
