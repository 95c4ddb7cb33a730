import { pageTitle } from '#kit/web/base/page.ts'
import { Link } from '#kit/web/base/url.tsx'
import { useT } from '#kit/web/base/words.tsx'
import type { MenuGroup } from '../shell/menu.ts'
import classes from './home.module.css'

/** The way to each page of an area. */
export function Ways({ of }: { of: MenuGroup }) {
  const t = useT()
  return (
    <ul className={classes.ways}>
      {of.pages.map((page) => {
        const Icon = page.icon ?? of.icon
        return (
          <li key={page.path}>
            <Link to={page.path} className={classes.way ?? ''}>
              <Icon size={20} stroke={1.6} />
              <span>{pageTitle(t, page)}</span>
            </Link>
          </li>
        )
      })}
    </ul>
  )
}
