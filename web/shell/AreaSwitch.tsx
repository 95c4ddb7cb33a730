import { Menu } from '@mantine/core'
import { IconCheck, IconSelector } from '@tabler/icons-react'
import { useGo } from '#kit/web/base/url.tsx'
import { useT } from '#kit/web/base/words.tsx'
import type { MenuGroup } from './menu.ts'
import classes from './shell.module.css'

/** From one part of the business to another. Who works in one alone never sees it. */
export function AreaSwitch({ groups, current }: { groups: readonly MenuGroup[]; current: MenuGroup }) {
  const t = useT()
  const go = useGo()
  if (groups.length < 2) return null
  const name = t(`menu.${current.area}`)
  return (
    <Menu position="bottom-start" width={212}>
      <Menu.Target>
        <button type="button" className={classes.area} title={name} aria-label={t('shell.area', { name })}>
          <current.icon size={18} stroke={1.7} />
          <span className={classes.itemName}>{name}</span>
          <IconSelector size={15} className={classes.separator} />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {groups.map((group) => (
          <Menu.Item
            key={group.area}
            leftSection={<group.icon size={18} stroke={1.6} />}
            rightSection={group.area === current.area && <IconCheck size={15} />}
            onClick={() => go(group.home)}
          >
            {t(`menu.${group.area}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
