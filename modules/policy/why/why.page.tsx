import { Select } from '@mantine/core'
import { IconCheck, IconUserQuestion, IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { declaredEntities } from '#kit/entity.ts'
import { SearchSelect } from '#kit/web/input/SearchSelect.tsx'
import { api, type Wire } from '#kit/web/base/api.ts'
import { EmptyState, PageBody, PageHead, PageSkeleton, Panel, Problem } from '#kit/web/look/parts.tsx'
import { RefPicker } from '#kit/web/entity/RefPicker.tsx'
import { useSession } from '#kit/web/session/session.tsx'
import { Link, useSearch } from '#kit/web/base/url.tsx'
import { Day } from '#kit/web/entity/values.tsx'
import { useT } from '#kit/web/base/words.tsx'
import { dayOf } from '#modules/access/parts.tsx'
import { lineText } from '#modules/access/parts.tsx'
import { permissionText } from '#modules/access/role/permission.ts'
import { useRoleName, useRoles, type PermissionData } from '#modules/access/parts.tsx'
import { user } from '#modules/access/user/user.ts'
import type { whyRoutes } from './why.routes.ts'
import classes from './why.module.css'

type Answer = Wire<NonNullable<(typeof whyRoutes)['GET /why']['__output']>>

/** Why somebody can or can't do something, at a place or with a record: which role, which right, how far, and by what rule. */
export default function WhyPage() {
  const t = useT()
  const [search, setSearch] = useSearch()
  const { places } = useSession()
  const { data, error, refetch, isPending } = useRoles()
  if (isPending) return <PageSkeleton />
  if (error && !data) return <Problem of={error} retry={() => void refetch()} />
  const { person, permission, place, entity, record } = search
  const known = data.permissions.find((one) => one.name === permission)
  return (
    <PageBody narrow>
      <PageHead title={t('page.why')} hint={t('why.hint')} />
      <div className={classes.question}>
        <RefPicker
          to={user}
          label={t('why.person')}
          value={person ?? null}
          onChange={(id) => setSearch({ person: id ?? undefined })}
        />
        <SearchSelect
          label={t('why.permission')}
          value={known ? known.name : null}
          onChange={(name) => setSearch({ permission: name ?? undefined })}
          data={data.permissions.map((one) => ({ value: one.name, label: permissionText(t, one) }))}
        />
        {record === undefined ? (
          <Select
            label={t('why.place')}
            placeholder={t('why.anyPlace')}
            clearable
            value={place ?? null}
            onChange={(id) => setSearch({ place: id ?? undefined })}
            data={places.map((one) => ({ value: one.id, label: one.name }))}
          />
        ) : (
          <RecordName entity={entity} record={record} onForget={() => setSearch({ entity: undefined, record: undefined })} />
        )}
      </div>
      {person && known ? (
        <TheAnswer
          permission={known}
          ask={{ person, permission: known.name, ...(record ? { entity, record } : place ? { place } : {}) }}
        />
      ) : (
        <EmptyState icon={IconUserQuestion} title={t('why.empty')}>
          {t('why.emptyHint')}
        </EmptyState>
      )}
    </PageBody>
  )
}

function RecordName({ entity: name, record, onForget }: { entity: string | undefined; record: string; onForget: () => void }) {
  const t = useT()
  const entity = [...declaredEntities.values()].find((one) => one.name === name)
  return (
    <div className={classes.record}>
      <span>{t('why.record')}</span>
      <span>
        {entity ? <Link to={`${entity.path}/${record}`}>{t.of('entity', entity.name)}</Link> : record}{' '}
        <button type="button" onClick={onForget} aria-label={t('why.forgetRecord')}>
          <IconX size={14} />
        </button>
      </span>
    </div>
  )
}

function TheAnswer({ permission, ask }: { permission: PermissionData; ask: Record<string, string | undefined> }) {
  const t = useT()
  const { data, error, refetch, isPending } = useQuery(api<typeof whyRoutes>('access')('GET /why', ask as never))
  if (isPending) return <PageSkeleton />
  if (error && !data) return <Problem of={error} retry={() => void refetch()} />
  const name = data.person.name
  const isAllowed = data.verdict === 'allowed'
  const at = data.about?.place ?? ask['place']
  const where = at ? (data.refs[at] ?? '') : ''
  return (
    <>
      <div className={classes.verdict} data-good={isAllowed || undefined} role="status">
        {isAllowed ? <IconCheck size={22} aria-hidden /> : <IconX size={22} aria-hidden />}
        <div>
          <strong>{t(isAllowed ? 'why.can' : 'why.cannot', { name })}</strong>
          <p>
            {permissionText(t, permission)}
            {data.about && (
              <>
                : <bdi>{data.about.title}</bdi>
              </>
            )}
          </p>
          <p>{t(`why.verdict.${data.verdict}`, { name, place: where })}</p>
          {!isAllowed && data.withSecondPerson && <p>{t('why.withSecond')}</p>}
          {data.about?.hidden.length ? (
            <p>{t('why.hidden', { fields: data.about.hidden.map((one) => t.of('field', one.field)).join(', ') })}</p>
          ) : null}
        </div>
      </div>
      <Panel title={t('why.roles')}>
        <Reasons data={data} permission={permission} />
      </Panel>
      {data.reach && (
        <Panel title={t('why.reach')}>
          <p className={classes.reach}>{reachText(t, data)}</p>
        </Panel>
      )}
    </>
  )
}

function Reasons({ data, permission }: { data: Answer; permission: PermissionData }) {
  const t = useT()
  const nameOf = useRoleName()
  const { timeZone } = useSession()
  const { data: roles } = useRoles()
  if (data.reasons.length === 0) return <p className={classes.reach}>{t('users.noRole')}</p>
  return (
    <ul className={classes.reasons}>
      {data.reasons.map(({ held, line, rule }, at) => {
        const role = roles?.roles.find((one) => one.key === held.role)
        return (
          <li key={at} data-rule={rule}>
            <span className={classes.role}>
              {role ? <Link to={`/roles/${role.id}`}>{nameOf(role)}</Link> : held.role}
              <span className={classes.faint}>
                {' · '}
                <bdi>{held.place ? data.refs[held.place] : t('users.everywhere')}</bdi>
                {held.seller && (
                  <>
                    {' · '}
                    <bdi>{data.refs[held.seller]}</bdi>
                  </>
                )}
                {held.until && (
                  <>
                    {' · '}
                    {t(rule === 'ended' ? 'users.ended' : 'users.until')} <Day of={dayOf(held.until, timeZone)} />
                  </>
                )}
              </span>
            </span>
            <span>
              <b>{lineText(t, permission, line ?? undefined)}</b> — {t(`why.rule.${rule}`)}
            </span>
          </li>
        )
      })}
    </ul>
  )
}

function reachText(t: ReturnType<typeof useT>, { reach, refs, atPlace }: Answer): ReactNode {
  if (!reach) return null
  if (reach.all) return t('why.everywhere')
  return [
    ...(reach.places.length > 0
      ? [atPlace ? t('why.places', { places: reach.places.map((one) => refs[one] ?? '…').join(', ') }) : t('why.shared')]
      : []),
    ...(reach.owners.length > 0 ? [t(reach.owners.length > 1 ? 'why.team' : 'why.own')] : []),
    ...(reach.sellers.length > 0 ? [t('why.sellers', { sellers: reach.sellers.map((one) => refs[one] ?? '…').join(', ') })] : []),
  ].join(' ')
}
