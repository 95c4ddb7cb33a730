import { Loader, Modal } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconCornerDownLeft, IconPlus, IconSearch } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useId, useMemo, useState, type KeyboardEvent } from 'react'
import { foldText, wordsOf } from '#kit/fold.ts'
import type { Translate } from '#kit/words.ts'
import { inSentence } from '#kit/web/entity.ts'
import { pageTitle, usePages, type PageDeclaration, type PageIcon } from '#kit/web/page.ts'
import { request, toQuery } from '#kit/web/request.ts'
import { useSession } from '#kit/web/session.tsx'
import { splitHref, useGo } from '#kit/web/url.tsx'
import { useT } from '#kit/web/words.tsx'
import { areaIcons, type MenuGroup } from './menu.ts'
import classes from './palette.module.css'

interface Found {
  readonly key: string
  readonly group: string
  readonly label: string
  readonly hint?: string | undefined
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
  const found = [...known.filter((one) => matches(one.label, text)).slice(0, text ? 6 : 40), ...records]
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
    <Modal
      opened
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
    </Modal>
  )
}

const matches = (label: string, text: string) => wordsOf(text).every((word) => foldText(label).includes(word))

/** Pages of the menu and what can be made new. */
function useKnown(groups: readonly MenuGroup[]): Found[] {
  const t = useT()
  const { may } = useSession()
  const pages = usePages()
  return useMemo(() => {
    const go = groups.flatMap((group) =>
      group.pages.map((page) => ({
        key: page.path,
        group: t('palette.pages'),
        label: pageTitle(t, page),
        hint: t(`menu.${group.area}`),
        href: page.path,
        icon: page.icon ?? areaIcons[group.area],
      })),
    )
    const make = pages.filter((page) => page.path.endsWith('/new') && page.entity && may(page.can)).map((page) => newOf(t, page))
    return [...go, ...make]
  }, [groups, pages, may, t])
}

const newOf = (t: Translate, page: PageDeclaration): Found => ({
  key: page.path,
  group: t('palette.actions'),
  label: t('list.new', { thing: inSentence(t, t.of('entity', page.entity!.name)) }).replace(/[\u2068\u2069]/g, ''),
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
