import { Button, Menu } from '@mantine/core'
import { IconFold } from '@tabler/icons-react'
import { groupOf, groupsOf, type Entity } from '../../entity.ts'
import { useSession } from '../session/session.tsx'
import { useSearch } from '../base/url.tsx'
import { T, useT } from '../base/words.tsx'
import { groupLabel } from './Groups.tsx'
import classes from './list.module.css'

/** Chooses what the rows of a list are put together by. */
export function GroupBy({ entity }: { entity: Entity }) {
  const t = useT()
  const { may } = useSession()
  const [search, setSearch] = useSearch()
  const group = search['group'] && groupOf(entity, search['group']) ? search['group'] : undefined
  const names = groupsOf(entity).filter((one) => may(entity.fields[groupOf(entity, one)!.name]!.seenBy))
  if (names.length === 0) return null
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <Button
          variant={group ? 'light' : 'default'}
          className={classes.filterButton ?? ''}
          aria-label={t('group.title')}
          leftSection={<IconFold size={16} />}
        >
          {group ? groupLabel(t, entity, group) : <T k="group.title" />}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {group && (
          <>
            <Menu.Item onClick={() => setSearch({ group: undefined })}>
              <T k="group.off" />
            </Menu.Item>
            <Menu.Divider />
          </>
        )}
        {names.map((name) => (
          <Menu.Item key={name} onClick={() => setSearch({ group: name, as: undefined })}>
            {groupLabel(t, entity, name)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
