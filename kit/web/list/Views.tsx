import { ActionIcon, Button, Checkbox, Group, Menu, TextInput } from '@mantine/core'
import { IconBookmarkPlus, IconDots, IconTrash, IconUsers } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Entity } from '../../entity.ts'
import { useAction } from '../base/command.tsx'
import { usePage } from '../base/page.ts'
import { request, toQuery } from '../base/request.ts'
import { Link, useGo, useSearch, type Search } from '../base/url.tsx'
import { T, useT } from '../base/words.tsx'
import { Window } from '../look/Window.tsx'
import { filtersOf } from './rows.ts'
import classes from './list.module.css'

interface View {
  readonly id: string
  readonly name: string
  readonly search: Search
  readonly shared: boolean
  readonly mine?: boolean
}

const keyOf = (search: Search) => toQuery(Object.fromEntries(Object.entries(search).toSorted(([a], [b]) => (a < b ? -1 : 1))))

/** Saved views as tabs: a name for filters, search and order, for oneself or for everybody. */
export function Views({ entity }: { entity: Entity }) {
  const t = useT()
  const go = useGo()
  // A view of the database may be listed on the page of what it is about.
  const { path } = usePage()
  const [search] = useSearch()
  const [isSaving, setSaving] = useState(false)
  const { data } = useQuery({
    queryKey: ['views', entity.name],
    queryFn: ({ signal }) => request<{ rows: View[] }>('GET', `/views${toQuery({ list: entity.name })}`, undefined, { signal }),
    staleTime: 5 * 60_000,
  })
  const remove = useAction((id: string, key) => request('DELETE', `/views/${id}`, {}, { key }), {
    touches: ['views'],
    onDone: () => go(path),
  })
  const asked: Search = {
    ...(search['q'] && { q: search['q'] }),
    ...(search['sort'] && { sort: search['sort'] }),
    ...(search['group'] && { group: search['group'] }),
    ...(search['as'] && { as: search['as'] }),
    ...filtersOf(entity, search),
  }
  const here = keyOf(asked)
  const views = data?.rows ?? []
  const current = views.find((view) => keyOf(view.search) === here)
  if (views.length === 0 && here === '') return null
  return (
    <nav className={classes.views} aria-label={t('views.title')}>
      <Link to={path} search={{}} className={classes.view ?? ''} data-on={here === '' || undefined}>
        <T k="views.all" />
      </Link>
      {views.map((view) => (
        <span key={view.id} className={classes.view} data-on={view === current || undefined}>
          <Link to={path} search={view.search}>
            <bdi>{view.name}</bdi>
          </Link>
          {view.shared && <IconUsers size={13} aria-label={t('views.shared')} />}
          {view === current && view.mine !== false && (
            <Menu>
              <Menu.Target>
                <ActionIcon variant="subtle" color="gray" size="xs" aria-label={t('common.more')}>
                  <IconDots size={14} />
                </ActionIcon>
              </Menu.Target>
              <Menu.Dropdown>
                <Menu.Item leftSection={<IconTrash size={15} />} onClick={() => void remove.run(view.id)}>
                  <T k="views.remove" />
                </Menu.Item>
              </Menu.Dropdown>
            </Menu>
          )}
        </span>
      ))}
      {here !== '' && !current && (
        <Button variant="subtle" size="compact-sm" leftSection={<IconBookmarkPlus size={15} />} onClick={() => setSaving(true)}>
          <T k="views.save" />
        </Button>
      )}
      {isSaving && <SaveView entity={entity} search={asked} onClose={() => setSaving(false)} />}
    </nav>
  )
}

function SaveView({ entity, search, onClose }: { entity: Entity; search: Search; onClose: () => void }) {
  const t = useT()
  const [name, setName] = useState('')
  const [shared, setShared] = useState(false)
  const save = useAction(
    (input: { list: string; name: string; search: Search; shared: boolean }, key) => request('POST', '/views', input, { key }),
    { touches: ['views'], onDone: onClose },
  )
  return (
    <Window onClose={onClose} title={t('views.save')} size="sm">
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          if (name.trim()) void save.run({ list: entity.name, name: name.trim(), search, shared })
        }}
      >
        <TextInput
          label={t('field.name')}
          value={name}
          maxLength={60}
          onChange={(event) => setName(event.currentTarget.value)}
          data-autofocus
          mb="sm"
        />
        <Checkbox label={t('views.share')} checked={shared} onChange={(event) => setShared(event.currentTarget.checked)} />
        <Group justify="flex-end" gap="xs" mt="lg">
          <Button variant="default" onClick={onClose}>
            <T k="common.cancel" />
          </Button>
          <Button type="submit" loading={save.isRunning} disabled={!name.trim()}>
            <T k="common.save" />
          </Button>
        </Group>
      </form>
    </Window>
  )
}
