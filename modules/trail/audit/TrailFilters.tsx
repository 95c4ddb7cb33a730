import { Button, Collapse, Group, Select } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconCalendar, IconFilter } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { declaredEntities } from '#kit/entity.ts'
import { api } from '#kit/web/base/api.ts'
import { Bubble } from '#kit/web/look/Bubble.tsx'
import { useFormat } from '#kit/web/session/format.ts'
import { DayInput } from '#kit/web/input/DayInput.tsx'
import { isPeriod, periods } from '#kit/web/session/period.ts'
import { RefPicker } from '#kit/web/entity/RefPicker.tsx'
import { useSession } from '#kit/web/session/session.tsx'
import { useSearch } from '#kit/web/base/url.tsx'
import { T, useT } from '#kit/web/base/words.tsx'
import type { Translate } from '#kit/words.ts'
import { filterNames } from './useTrail.tsx'
import type { trailRoutes } from './trail.routes.ts'
import classes from './audit.module.css'

/** "Product: changed it": commands that many kinds of records have say which kind they mean. */
function commandText(t: Translate, name: string): string {
  const done = t.of('command', name)
  const parts = name.split('.')
  return parts.length > 2 ? `${t.of('entity', parts.slice(0, 2).join('.'))}: ${done}` : done
}

/** Who, what, which record, where, when. Every choice stands in the address. */
export function TrailFilters() {
  const [search, setSearch] = useSearch()
  const [isOpen, setOpen] = useState(false)
  const isPhone = useMediaQuery('(max-width: 48em)', window.innerWidth < 768, { getInitialValueInEffect: false })
  const count = filterNames.filter((name) => search[name]).length
  const clear = () => setSearch(Object.fromEntries(filterNames.map((name) => [name, undefined])))
  return (
    <div role="search" className={classes.search}>
      {isPhone && (
        <Button
          variant="default"
          leftSection={<IconFilter size={16} />}
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
          rightSection={count > 0 ? <span className={classes.count}>{count}</span> : undefined}
        >
          <T k="filter.title" />
        </Button>
      )}
      <Collapse expanded={!isPhone || isOpen}>
        <div className={classes.filters}>
          <Choices />
          <When />
          {count > 0 && (
            <Button variant="subtle" color="gray" onClick={clear}>
              <T k="filter.clear" />
            </Button>
          )}
        </div>
      </Collapse>
    </div>
  )
}

function Choices() {
  const t = useT()
  const { places, may } = useSession()
  const [search, setSearch] = useSearch()
  const { data } = useQuery(api<typeof trailRoutes>()('GET /audit/choices'))
  const people = (data?.people ?? []).map((one) => ({ value: one.id, label: one.name }))
  const commands = Map.groupBy(data?.commands ?? [], (name) => name.split('.')[0]!)
  const kinds = [...declaredEntities.values()].filter((one) => !one.isView && may(one.can.read))
  const shared = { clearable: true, searchable: true, nothingFoundMessage: t('list.nothingFound') }
  return (
    <>
      <Select
        {...shared}
        aria-label={t('audit.who')}
        placeholder={t('audit.who')}
        data={[...people, { value: 'system', label: t('audit.program') }]}
        value={search['who'] ?? null}
        onChange={(who) => setSearch({ who: who ?? undefined })}
      />
      <Select
        {...shared}
        aria-label={t('audit.what')}
        placeholder={t('audit.what')}
        data={[...commands].map(([area, names]) => ({
          group: t.of('area', area),
          items: names.map((name) => ({ value: name, label: commandText(t, name) })),
        }))}
        value={search['command'] ?? null}
        onChange={(command) => setSearch({ command: command ?? undefined })}
        comboboxProps={{ width: 300, position: 'bottom-start' }}
      />
      <Select
        {...shared}
        aria-label={t('audit.kind')}
        placeholder={t('audit.kind')}
        data={kinds.map((one) => ({ value: one.table, label: t.of('entities', one.name) }))}
        value={search['table'] ?? null}
        onChange={(table) => setSearch({ table: table ?? undefined, about: undefined })}
        comboboxProps={{ width: 260, position: 'bottom-start' }}
      />
      {search['table'] && declaredEntities.has(search['table']) && (
        <RefPicker
          key={search['table']}
          to={search['table']}
          aria-label={t('audit.record')}
          placeholder={t('audit.record')}
          value={search['about'] ?? null}
          onChange={(about) => setSearch({ about: about ?? undefined })}
        />
      )}
      {places.length > 1 && (
        <Select
          {...shared}
          aria-label={t('field.place')}
          placeholder={t('field.place')}
          data={places.map((place) => ({ value: place.id, label: place.name }))}
          value={search['place'] ?? null}
          onChange={(place) => setSearch({ place: place ?? undefined })}
        />
      )}
    </>
  )
}

function When() {
  const t = useT()
  const format = useFormat()
  const [search, setSearch] = useSearch()
  const [isOpen, setOpen] = useState(false)
  const when = search['when']
  const [from = '', to = ''] = when && !isPeriod(when) ? when.split('..') : []
  const set = (a: string, b: string) => setSearch({ when: a || b ? `${a}..${b}` : undefined })
  const day = (iso: string) => format.day(iso, 'short')
  const text = !when
    ? t('audit.when')
    : isPeriod(when)
      ? t(`period.${when}`)
      : from && to
        ? `${day(from)} – ${day(to)}`
        : from
          ? t('filter.since', { value: day(from) })
          : t('filter.until', { value: day(to) })
  return (
    <Bubble
      isOpen={isOpen}
      onClose={() => setOpen(false)}
      position="bottom-end"
      className={classes.days}
      target={
        <Button
          variant="default"
          leftSection={<IconCalendar size={16} />}
          aria-expanded={isOpen}
          aria-label={t('audit.when')}
          onClick={() => setOpen(!isOpen)}
          className={classes.when ?? ''}
          data-on={when ? true : undefined}
        >
          {text}
        </Button>
      }
    >
      <div className={classes.periods}>
        {periods.map((period) => (
          <Button
            key={period}
            size="compact-sm"
            variant={when === period ? 'filled' : 'default'}
            onClick={() => {
              setSearch({ when: period })
              setOpen(false)
            }}
          >
            {t(`period.${period}`)}
          </Button>
        ))}
      </div>
      <Group grow gap="xs" wrap="nowrap">
        <DayInput onlyDays label={t('filter.from')} value={from} onChange={(value) => set(value ?? '', to)} />
        <DayInput onlyDays label={t('filter.to')} value={to} onChange={(value) => set(from, value ?? '')} />
      </Group>
    </Bubble>
  )
}
