import { ActionIcon, Button, Menu, SegmentedControl, TextInput, Tooltip, VisuallyHidden } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconColumns, IconFilter, IconLayoutKanban, IconList, IconSearch, IconUpload } from '@tabler/icons-react'
import { useEffect, useRef, useState, type ReactNode } from 'react'
import { filterField, filtersOf, type Entity } from '../../entity.ts'
import { Bubble } from '../look/Bubble.tsx'
import { fieldLabel } from '../entity/entity.ts'
import { toQuery } from '../base/request.ts'
import { useSession } from '../session/session.tsx'
import { Link, useSearch, type Search } from '../base/url.tsx'
import { T, useT } from '../base/words.tsx'
import type { Columns } from './columns.ts'
import { ExportMenu } from './ExportMenu.tsx'
import { FilterEditor } from './FilterEditor.tsx'
import { hasBoard } from './board.ts'
import { GroupBy } from './GroupBy.tsx'
import { askedOf } from './rows.ts'
import classes from './list.module.css'

/** Search, filters, columns, export and import of a list. */
export function Toolbar({ entity, columns, fixed }: { entity: Entity; columns: Columns; fixed: Search }) {
  return (
    <div className={classes.toolbar} role="search">
      {entity.search && entity.search.length > 0 && <SearchBox entity={entity} />}
      <Filters entity={entity} />
      <GroupBy entity={entity} />
      {hasBoard(entity) && <AsBoard />}
      <span className={classes.spring} />
      <Files entity={entity} fixed={fixed} columns={columns} />
      <ColumnChooser columns={columns} />
    </div>
  )
}

/** The rows one below the other, or by the states of their life. */
function AsBoard() {
  const t = useT()
  const [search, setSearch] = useSearch()
  return (
    <SegmentedControl
      aria-label={t('board.shown')}
      value={search['as'] === 'board' ? 'board' : 'list'}
      onChange={(as) => setSearch({ as: as === 'board' ? as : undefined, group: undefined })}
      data={[
        { value: 'list', label: <Shown icon={<IconList size={16} stroke={1.7} />} word={t('board.asList')} /> },
        { value: 'board', label: <Shown icon={<IconLayoutKanban size={16} stroke={1.7} />} word={t('board.asBoard')} /> },
      ]}
    />
  )
}

const Shown = ({ icon, word }: { icon: ReactNode; word: string }) => (
  <Tooltip label={word}>
    <span className={classes.shown}>
      {icon}
      <VisuallyHidden>{word}</VisuallyHidden>
    </span>
  </Tooltip>
)

function SearchBox({ entity }: { entity: Entity }) {
  const t = useT()
  const [search, setSearch] = useSearch()
  const [text, setText] = useState(search['q'] ?? '')
  const apply = useDebouncedCallback((q: string) => setSearch({ q: q.trim() || undefined }), 250)
  const inAddress = search['q'] ?? ''
  const field = useRef<HTMLInputElement>(null)
  // Another view or "clear" changed the address from outside. While somebody types here the address only follows.
  useEffect(() => {
    if (document.activeElement !== field.current) setText(inAddress)
  }, [inAddress])
  return (
    <TextInput
      ref={field}
      className={classes.search ?? ''}
      type="search"
      leftSection={<IconSearch size={16} />}
      placeholder={t('list.search', { things: t.of('entities', entity.name).toLocaleLowerCase(t.locale) })}
      aria-label={t('list.search', { things: t.of('entities', entity.name).toLocaleLowerCase(t.locale) })}
      data-shortcut="search"
      value={text}
      onChange={(event) => {
        setText(event.currentTarget.value)
        apply(event.currentTarget.value)
      }}
    />
  )
}

function Filters({ entity }: { entity: Entity }) {
  const t = useT()
  const { may } = useSession()
  const [search, setSearch] = useSearch()
  const [isOpen, setOpen] = useState(false)
  const [name, setName] = useState<string | null>(null)
  const names = filtersOf(entity).filter((one) => may(filterField(entity, one)?.seenBy))
  if (names.length === 0 && !entity.archive) return null
  const close = () => {
    setOpen(false)
    setName(null)
  }
  return (
    <Bubble
      isOpen={isOpen}
      onClose={close}
      padding={name ? 'sm' : 4}
      target={
        <Button
          variant="default"
          className={classes.filterButton ?? ''}
          aria-label={t('filter.title')}
          leftSection={<IconFilter size={16} />}
          onClick={() => (isOpen ? close() : setOpen(true))}
          aria-expanded={isOpen}
        >
          <T k="filter.title" />
        </Button>
      }
    >
      {name ? (
        <FilterEditor
          entity={entity}
          name={name}
          value={search[name]}
          refs={{}}
          onChange={(value) => setSearch({ [name]: value })}
          onClose={close}
        />
      ) : (
        <div className={classes.filterNames}>
          {names.map((one) => (
            <button key={one} type="button" onClick={() => setName(one)}>
              {fieldLabel(t, entity, one)}
            </button>
          ))}
          {entity.archive && (
            <button
              type="button"
              onClick={() => {
                setSearch({ archived: search['archived'] ? undefined : 'only' })
                close()
              }}
            >
              <T k={search['archived'] ? 'filter.hideArchived' : 'filter.showArchived'} />
            </button>
          )}
        </div>
      )}
    </Bubble>
  )
}

function Files({ entity, fixed, columns }: { entity: Entity; fixed: Search; columns: Columns }) {
  const t = useT()
  const { may, clock } = useSession()
  const [search] = useSearch()
  const { export: mayExport, import: mayImport } = entity.can
  return (
    <>
      {mayImport && may(mayImport) && (
        <Tooltip label={t('list.import')}>
          <ActionIcon
            variant="subtle"
            color="gray"
            size="lg"
            aria-label={t('list.import')}
            className={classes.onDesk ?? ''}
            renderRoot={(props) => <Link {...props} to={`/import/${entity.name}`} />}
          >
            <IconUpload size={18} stroke={1.7} />
          </ActionIcon>
        </Tooltip>
      )}
      {mayExport && may(mayExport) && (
        <ExportMenu
          path={(format) => `${entity.path}/export${toQuery({ ...askedOf(entity, search, clock, fixed), format })}`}
          hint={t('list.exportHint')}
          columns={columns.shown.flatMap(({ key, field }) => (field ? [key] : []))}
          asks={Object.values(entity.fields).some((field) => field.personal)}
        />
      )}
    </>
  )
}

function ColumnChooser({ columns }: { columns: Columns }) {
  const t = useT()
  const shown = new Set(columns.shown.map((column) => column.key))
  return (
    <Menu position="bottom-end" closeOnItemClick={false}>
      <Menu.Target>
        <Tooltip label={t('list.columns')}>
          <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t('list.columns')} visibleFrom="sm">
            <IconColumns size={18} stroke={1.7} />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        {columns.all.slice(1).map((column) => (
          <Menu.Item
            key={column.key}
            role="menuitemcheckbox"
            aria-checked={shown.has(column.key)}
            onClick={() => columns.toggle(column.key)}
            leftSection={<span className={classes.tick} data-on={shown.has(column.key) || undefined} />}
          >
            {column.label}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item onClick={columns.reset}>
          <T k="list.allColumns" />
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
