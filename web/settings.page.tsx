import { TextInput } from '@mantine/core'
import { IconAdjustments, IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import { hasWords } from '#kit/fold.ts'
import { aboutOf, alsoOf, pageTitle, usePages, type PageDeclaration } from '#kit/web/base/page.ts'
import { EmptyState, PageBody, PageHead, Panel } from '#kit/web/look/parts.tsx'
import { useSession } from '#kit/web/session/session.tsx'
import { Link } from '#kit/web/base/url.tsx'
import { useT } from '#kit/web/base/words.tsx'
import { settingsGroups } from './areas.ts'
import classes from './settings.module.css'
import { settingsOf } from './shell/menu.ts'

/** Everything that is set once and then works: found by its words, grouped by what it is about. */
export default function SettingsPage() {
  const t = useT()
  const { may } = useSession()
  const [text, setText] = useState('')
  const all = settingsOf(usePages(), may).filter((page) =>
    hasWords(`${pageTitle(t, page)} ${aboutOf(t, page)} ${alsoOf(t, page)}`, text),
  )
  const groups = settingsGroups
    .map((name) => ({ name, pages: all.filter((page) => page.settings === name) }))
    .filter(({ pages }) => pages.length > 0)
  return (
    <PageBody>
      <PageHead title={t('page.settings')} />
      <TextInput
        type="search"
        maw={420}
        mb="md"
        leftSection={<IconSearch size={16} />}
        placeholder={t('settings.search')}
        aria-label={t('settings.search')}
        data-shortcut="search"
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {groups.length === 0 && <EmptyState icon={IconSearch} title={t('list.nothingFound')} />}
      {groups.map(({ name, pages }) =>
        name === 'advanced' ? (
          <details key={name} className={classes.advanced} open={text.trim() !== ''}>
            <summary>{t('settings.advanced')}</summary>
            <Panel flush>
              <Lines of={pages} />
            </Panel>
          </details>
        ) : (
          <Panel key={name} title={t(`settings.${name}`)} flush>
            <Lines of={pages} />
          </Panel>
        ),
      )}
    </PageBody>
  )
}

function Lines({ of }: { of: readonly PageDeclaration[] }) {
  const t = useT()
  return (
    <ul className={classes.lines}>
      {of.map((page) => {
        const Icon = page.icon ?? IconAdjustments
        return (
          <li key={page.path}>
            <Icon size={20} stroke={1.6} />
            <Link to={page.path}>{pageTitle(t, page)}</Link>
            <span>{aboutOf(t, page)}</span>
          </li>
        )
      })}
    </ul>
  )
}
