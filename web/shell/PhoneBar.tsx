import { Drawer } from '@mantine/core'
import { IconMenu2 } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import { pageTitle, type PageDeclaration } from '#kit/web/base/page.ts'
import { Link } from '#kit/web/base/url.tsx'
import { T, useT } from '#kit/web/base/words.tsx'
import { barOf, type MenuGroup } from './menu.ts'
import classes from './shell.module.css'

/** On a phone: four places under the thumb, and everything else behind "more". */
export function PhoneBar({ groups, here }: { groups: readonly MenuGroup[]; here: PageDeclaration | undefined }) {
  const t = useT()
  const [isOpen, setOpen] = useState(false)
  const bar = useMemo(() => barOf(groups), [groups])
  const item = (page: PageDeclaration) => {
    const Icon = page.icon ?? groups[0]!.icon
    return (
      <Link
        key={page.path}
        to={page.path}
        className={classes.barItem ?? ''}
        data-here={page === here || undefined}
        aria-current={page === here ? 'page' : undefined}
      >
        <Icon size={22} stroke={1.6} />
        <span>{page.entity && t.has(`short.${page.entity.name}`) ? t(`short.${page.entity.name}`) : pageTitle(t, page)}</span>
      </Link>
    )
  }
  return (
    <>
      <nav className={classes.bar} aria-label={t('shell.menu')}>
        {bar.map(item)}
        <button
          type="button"
          className={classes.barItem}
          data-here={!(here && bar.includes(here)) || undefined}
          aria-expanded={isOpen}
          onClick={() => setOpen(true)}
        >
          <IconMenu2 size={22} stroke={1.6} />
          <span>{t('shell.more')}</span>
        </button>
      </nav>
      <Drawer
        opened={isOpen}
        onClose={() => setOpen(false)}
        position="bottom"
        size="80%"
        radius="lg"
        title={t('shell.menu')}
        classNames={{ content: classes.sheet ?? '' }}
      >
        {groups.map((group) => (
          <section key={group.area} className={classes.sheetGroup}>
            <h2 className={classes.groupName}>
              <Link to={group.home} onClick={() => setOpen(false)}>
                <T k={`menu.${group.area}`} />
              </Link>
            </h2>
            <div className={classes.sheetItems}>
              {group.pages.map((page) => {
                const Icon = page.icon ?? group.icon
                return (
                  <Link key={page.path} to={page.path} className={classes.sheetItem ?? ''} onClick={() => setOpen(false)}>
                    <Icon size={20} stroke={1.6} />
                    <span>{pageTitle(t, page)}</span>
                  </Link>
                )
              })}
            </div>
          </section>
        ))}
      </Drawer>
    </>
  )
}
