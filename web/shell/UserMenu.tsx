import { Menu, VisuallyHidden } from '@mantine/core'
import { IconBell, IconCheck, IconLock, IconLogout, IconUserCircle } from '@tabler/icons-react'
import { nameOfLanguage } from '#kit/words.ts'
import { Avatar, initials } from '#kit/web/look/Avatar.tsx'
import { useAction } from '#kit/web/base/command.tsx'
import { forgetDrafts } from '#kit/web/form/form.ts'
import { queryClient } from '#kit/web/base/query.ts'
import { request } from '#kit/web/base/request.ts'
import { SchemeChoice } from '#kit/web/look/SchemeChoice.tsx'
import { sessionQuery, useSession } from '#kit/web/session/session.tsx'
import { useGo } from '#kit/web/base/url.tsx'
import { languages, T, useLanguage, useT } from '#kit/web/base/words.tsx'
import classes from './shell.module.css'

export function UserMenu() {
  const t = useT()
  const go = useGo()
  const { user } = useSession()
  const signOut = useAction((_: null, key) => request('POST', '/sign-out', {}, { key }), {
    onDone: () => {
      // Nothing of this person stays for the next one at the same till.
      for (const kept of ['duka.session', 'duka.email']) localStorage.removeItem(kept)
      forgetDrafts()
      queryClient.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'session' })
      void queryClient.refetchQueries({ queryKey: sessionQuery.queryKey }).then(() => go('/sign-in'))
    },
  })
  const lock = useAction((_: null, key) => request('POST', '/session/lock', {}, { key }), {
    onDone: () => void queryClient.refetchQueries({ queryKey: sessionQuery.queryKey }),
  })
  if (!user) return null
  return (
    <Menu position="bottom-end" width={248}>
      <Menu.Target>
        <button type="button" className={classes.user}>
          {user.photo ? <Avatar of={user} size={32} /> : initials(user.name)}
          <VisuallyHidden>{t('shell.user', { name: user.name })}</VisuallyHidden>
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <div className={classes.userHead}>
          <strong>
            <bdi>{user.name}</bdi>
          </strong>
          <span>{user.roles.map((role) => t.of('role', role)).join(', ') || user.email}</span>
        </div>
        <Menu.Divider />
        <Menu.Item leftSection={<IconUserCircle size={17} stroke={1.6} />} onClick={() => go('/profile')}>
          <T k="page.profile" />
        </Menu.Item>
        <Menu.Item leftSection={<IconBell size={17} stroke={1.6} />} onClick={() => go('/notices/settings')}>
          <T k="notices.settings" />
        </Menu.Item>
        <Menu.Divider />
        <Languages />
        <Menu.Divider />
        <div className={classes.schemeChoice}>
          <SchemeChoice compact />
        </div>
        <Menu.Divider />
        {user.hasPin && (
          <Menu.Item leftSection={<IconLock size={17} stroke={1.6} />} onClick={() => void lock.run(null)}>
            <T k="lock.now" />
          </Menu.Item>
        )}
        <Menu.Item leftSection={<IconLogout size={17} stroke={1.6} />} onClick={() => void signOut.run(null)}>
          <T k="shell.signOut" />
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

function Languages() {
  const { user } = useSession()
  const { language, setLanguage, digits } = useLanguage()
  const change = async (next: string) => {
    await setLanguage(next)
    if (!user) return
    await request('POST', '/profile', { name: user.name, locale: next, digits }).catch(() => undefined)
    // Names that we ship are told by the server in the reader's language.
    await queryClient.invalidateQueries()
  }
  return languages.map((one) => (
    <Menu.Item
      key={one}
      lang={one}
      className={classes.language ?? ''}
      rightSection={one === language && <IconCheck size={15} />}
      onClick={() => void change(one)}
      closeMenuOnClick={false}
    >
      {nameOfLanguage(one)}
    </Menu.Item>
  ))
}
