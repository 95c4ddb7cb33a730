import { Loader } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconAdjustments, IconBolt, IconCornerDownLeft, IconHelp, IconPlus, IconSearch } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useId, useMemo, useState, type KeyboardEvent } from 'react'
import { hasWords } from '#kit/fold.ts'
import type { Translate } from '#kit/words.ts'
import { inSentence } from '#kit/web/entity/entity.ts'
import { alsoOf, pageTitle, usePages, type PageDeclaration, type PageIcon } from '#kit/web/base/page.ts'
import { request, toQuery } from '#kit/web/base/request.ts'
import { useSession } from '#kit/web/session/session.tsx'
import { splitHref, useGo } from '#kit/web/base/url.tsx'
import { Window } from '#kit/web/look/Window.tsx'
import { useT } from '#kit/web/base/words.tsx'
import { useGuides } from '../help/guides.ts'
import { settingsOf, type MenuGroup } from './menu.ts'
import classes from './palette.module.css'

interface Found {
  readonly key: string
  readonly group: string
  readonly label: string
  readonly hint?: string | undefined
  /** Other words that people look for it by. */
  readonly also?: string
  readonly href: string
  readonly icon: PageIcon
}
interface Record {
  readonly kind: string
  readonly id: string
  readonly title: string
  readonly hint: string | null
  readonly href: string
}

/** Everything by its name: pages, new records, and whatever the server finds. */
export function Palette({ groups, onClose }: { groups: readonly MenuGroup[]; onClose: () => void }) {
  const t = useT()
  const go = useGo()
  const list = useId()
  const [text, setText] = useState('')
  const [at, setAt] = useState(0)
  const known = useKnown(groups)
  const { records, isLoading } = useRecords(text)
  const guides = useFoundGuides(text)
  const found = [
    ...known.filter((one) => hasWords(`${one.label} ${one.also ?? ''}`, text)).slice(0, text ? 6 : 40),
    ...guides,
    ...records,
  ]
  const current = Math.min(at, found.length - 1)
  const open = (one: Found | undefined) => {
    if (!one) return
    onClose()
    const { to, search } = splitHref(one.href)
    go(to, { search })
  }
  const heard = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step !== 0) {
      event.preventDefault()
      const next = (current + step + found.length) % Math.max(found.length, 1)
      setAt(next)
      document.getElementById(`${list}-${next}`)?.scrollIntoView({ block: 'nearest' })
    }
    if (event.key === 'Enter') open(found[current])
  }
  return (
    <Window
      onClose={onClose}
      withCloseButton={false}
      size={600}
      yOffset="12vh"
      centered={false}
      padding={0}
      aria-label={t('shell.find')}
      transitionProps={{ duration: 0 }}
    >
      <div className={classes.box}>
        <IconSearch size={18} className={classes.lens} />
        <input
          data-autofocus
          className={classes.input}
          placeholder={t('palette.placeholder')}
          aria-label={t('shell.find')}
          role="combobox"
          aria-expanded
          aria-controls={list}
          aria-activedescendant={found.length > 0 ? `${list}-${current}` : undefined}
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value)
            setAt(0)
          }}
          onKeyDown={heard}
        />
        {isLoading && <Loader size="xs" />}
      </div>
      <div className={classes.list} role="listbox" id={list} aria-label={t('shell.find')}>
        {found.map((one, index) => (
          <div key={one.key}>
            {one.group !== found[index - 1]?.group && <div className={classes.group}>{one.group}</div>}
            {/* oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the input above hears the keys */}
            <div
              id={`${list}-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === current}
              className={classes.option}
              onMouseMove={() => setAt(index)}
              onClick={() => open(one)}
            >
              <one.icon size={18} stroke={1.6} />
              <bdi className={classes.label}>{one.label}</bdi>
              {one.hint && <bdi className={classes.hint}>{one.hint}</bdi>}
              {index === current && <IconCornerDownLeft size={15} className={classes.enter} />}
            </div>
          </div>
        ))}
        {found.length === 0 && !isLoading && <p className={classes.nothing}>{t('list.nothingFound')}</p>}
      </div>
    </Window>
  )
}

/** Pages of the menus, settings, and what can be done or made new. */
function useKnown(groups: readonly MenuGroup[]): Found[] {
  const t = useT()
  const { may } = useSession()
  const pages = usePages()
  return useMemo(() => {
    const inMenus = [...new Set(groups.flatMap((group) => group.pages))]
    const go = inMenus.map((page) => {
      const group = groups.find((one) => one.pages.includes(page))!
      return foundOf(t, page, t('palette.pages'), page.icon ?? group.icon, t(`menu.${group.area}`))
    })
    const set = settingsOf(pages, may).map((page) =>
      foundOf(t, page, t('palette.pages'), page.icon ?? IconAdjustments, t('page.settings')),
    )
    const free = pages.filter(
      (page) => !page.menu && !page.settings && !page.path.includes('$') && page.can !== 'public' && may(page.can),
    )
    const act = free
      .filter((page) => page.title && page.path !== '/')
      // What has a picture of its own is looked at; the others do something.
      .map((page) => foundOf(t, page, t(page.icon ? 'palette.pages' : 'palette.actions'), page.icon ?? IconBolt))
    const make = free.filter((page) => !page.title && page.path.endsWith('/new')).map((page) => newOf(t, page))
    return [...go, ...set, ...act, ...make]
  }, [groups, pages, may, t])
}

/** How something is done, by the words that people ask for it with; only to whoever types some. */
function useFoundGuides(text: string): Found[] {
  const t = useT()
  const guides = useGuides() ?? []
  const words = text.trim()
  if (words.length < 2) return []
  return guides
    .filter((one) => hasWords(`${one.title} ${one.also}`, words))
    .slice(0, 4)
    .map(({ id, title, also }) => ({
      key: `help.${id}`,
      group: t('page.help'),
      label: title,
      also,
      href: `/help?guide=${id}`,
      icon: IconHelp,
    }))
}

const foundOf = (t: Translate, page: PageDeclaration, group: string, icon: PageIcon, hint?: string): Found => ({
  key: page.path,
  group,
  label: pageTitle(t, page),
  hint,
  also: alsoOf(t, page),
  href: page.path,
  icon,
})

const newOf = (t: Translate, page: PageDeclaration): Found => ({
  key: page.path,
  group: t('palette.actions'),
  label: t('list.new', { thing: inSentence(t, t.of('entity', page.entity!.name)) }).replace(/[\u2068\u2069]/g, ''),
  also: alsoOf(t, page),
  href: page.path,
  icon: IconPlus,
})

function useRecords(text: string): { records: Found[]; isLoading: boolean } {
  const t = useT()
  const [q] = useDebouncedValue(text.trim(), 180)
  const { data, isFetching } = useQuery({
    queryKey: ['search', q],
    queryFn: ({ signal }) => request<{ rows: Record[] }>('GET', `/search${toQuery({ q })}`, undefined, { signal }),
    enabled: q.length > 1,
    placeholderData: (before) => before,
  })
  const rows = q.length > 1 ? (data?.rows ?? []) : []
  return {
    records: rows.map((row) => ({
      key: row.id,
      group: t.of('entities', row.kind),
      label: row.title,
      hint: row.hint ?? undefined,
      href: row.href,
      icon: IconSearch,
    })),
    isLoading: isFetching && q.length > 1,
  }
}
