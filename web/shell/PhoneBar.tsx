import { Drawer } from '@mantine/core'
import { useLocation } from '@tanstack/react-router'
import { IconMenu2 } from '@tabler/icons-react'
import { useState } from 'react'
import { pageTitle, type PageDeclaration } from '#kit/web/page.ts'
import { Link } from '#kit/web/url.tsx'
import { T, useT } from '#kit/web/words.tsx'
import { areaIcons, barOf, isHere, type MenuGroup } from './menu.ts'
import classes from './shell.module.css'

/** On a phone: four places under the thumb, and everything else behind "more". */
export function PhoneBar({ groups }: { groups: readonly MenuGroup[] }) {
  const t = useT()
  const { pathname } = useLocation()
  const [isOpen, setOpen] = useState(false)
  const all = groups.flatMap((group) => group.pages)
  const bar = barOf(groups)
  const inBar = bar.some((page) => isHere(page, pathname, all))
  const item = (page: PageDeclaration) => {
    const Icon = page.icon ?? areaIcons[page.menu!]
    const here = isHere(page, pathname, all)
    return (
      <Link
        key={page.path}
        to={page.path}
        className={classes.barItem ?? ''}
        data-here={here || undefined}
        aria-current={here ? 'page' : undefined}
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
          data-here={!inBar || undefined}
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
              <T k={`menu.${group.area}`} />
            </h2>
            <div className={classes.sheetItems}>
              {group.pages.map((page) => {
                const Icon = page.icon ?? areaIcons[page.menu!]
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
