import { ActionIcon, Menu } from '@mantine/core'
import {
  IconBuildingStore,
  IconCheck,
  IconChevronLeft,
  IconChevronRight,
  IconCloudOff,
  IconHelp,
  IconKeyboard,
  IconSearch,
  IconSelector,
} from '@tabler/icons-react'
import { useLiveState } from '#kit/web/base/live.ts'
import { Mark } from '#kit/web/look/Mark.tsx'
import { useSession } from '#kit/web/session/session.tsx'
import { Link } from '#kit/web/base/url.tsx'
import { T, useT } from '#kit/web/base/words.tsx'
import { WaitingApprovals } from '#modules/policy/approval/Waiting.tsx'
import { Bell } from './Bell.tsx'
import { useCrumbs } from './title.ts'
import { UserMenu } from './UserMenu.tsx'
import classes from './shell.module.css'

/** Where we are, at which place, whether we hear the server, and who we are. */
export function TopBar({ onSearch, onHelp, onKeys }: { onSearch: () => void; onHelp: () => void; onKeys: () => void }) {
  const t = useT()
  return (
    <header className={classes.top}>
      <Crumbs />
      <span className={classes.spring} />
      <button type="button" className={classes.find} onClick={onSearch}>
        <IconSearch size={16} stroke={1.8} />
        <span>
          <T k="shell.find" />
        </span>
        <kbd>{/Mac|iPhone|iPad/.test(navigator.platform) ? '⌘K' : 'Ctrl K'}</kbd>
      </button>
      <LiveSign />
      <WaitingApprovals />
      <Bell />
      <PlaceSwitch />
      <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t('help.ask')} onClick={onHelp}>
        <IconHelp size={19} stroke={1.6} />
      </ActionIcon>
      <ActionIcon
        variant="subtle"
        color="gray"
        size="lg"
        aria-label={t('shortcut.help')}
        onClick={onKeys}
        className={classes.onDesk ?? ''}
      >
        <IconKeyboard size={18} stroke={1.6} />
      </ActionIcon>
      <UserMenu />
    </header>
  )
}

function Crumbs() {
  const t = useT()
  const { company } = useSession()
  const crumbs = useCrumbs()
  const up = crumbs.findLast((crumb) => crumb.to)
  return (
    <>
      {/* On a phone the page says its own name; here stands the way up, or whose shop it is. */}
      {up ? (
        <Link to={up.to!} className={classes.up ?? ''}>
          <IconChevronLeft size={20} />
          <span>{up.label}</span>
        </Link>
      ) : (
        <Link to="/" className={classes.up ?? ''}>
          <Mark size={24} />
          <span>{company?.name ?? 'Duka'}</span>
        </Link>
      )}
      <nav aria-label={t('shell.crumbs')} className={classes.crumbs}>
        <ol>
          {crumbs.map((crumb, index) => (
            <li key={crumb.to ?? index} aria-current={crumb.to ? undefined : 'page'}>
              {index > 0 && <IconChevronRight size={14} className={classes.separator} aria-hidden />}
              {crumb.to ? <Link to={crumb.to}>{crumb.label}</Link> : <span>{crumb.label}</span>}
            </li>
          ))}
        </ol>
      </nav>
    </>
  )
}

/** Silent while all is well; says so in words when it is not. */
function LiveSign() {
  const t = useT()
  const state = useLiveState()
  if (state !== 'offline')
    return (
      <span className={classes.live} data-state={state} title={t(`live.${state}`)} role="img" aria-label={t(`live.${state}`)} />
    )
  return (
    <span className={classes.offline} role="status">
      <IconCloudOff size={15} />
      <span>{t('live.offline')}</span>
    </span>
  )
}

function PlaceSwitch() {
  const t = useT()
  const { places, place, setPlace } = useSession()
  if (places.length < 2) return null
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <button type="button" className={classes.place} title={t('shell.place', { name: place?.name ?? t('shell.allPlaces') })}>
          <IconBuildingStore size={16} stroke={1.7} />
          <span className={classes.placeName}>{place?.name ?? t('shell.allPlaces')}</span>
          <IconSelector size={14} className={classes.separator} />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item rightSection={place === null && <IconCheck size={15} />} onClick={() => setPlace(null)}>
          {t('shell.allPlaces')}
        </Menu.Item>
        {places.map((one) => (
          <Menu.Item key={one.id} rightSection={one.id === place?.id && <IconCheck size={15} />} onClick={() => setPlace(one.id)}>
            <bdi>{one.name}</bdi>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
