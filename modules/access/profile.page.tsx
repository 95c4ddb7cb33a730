import { PageBody, PageHead, Panel } from '#kit/web/look/parts.tsx'
import { SchemeChoice } from '#kit/web/look/SchemeChoice.tsx'
import { useSession } from '#kit/web/session/session.tsx'
import { useT } from '#kit/web/base/words.tsx'
import { Contacts } from './profile/Contacts.tsx'
import { Factors } from './profile/Factors.tsx'
import { OwnHistory } from './profile/OwnHistory.tsx'
import { Password } from './profile/Password.tsx'
import { Photo } from './profile/Photo.tsx'
import { Pin } from './profile/Pin.tsx'
import { Sessions } from './profile/Sessions.tsx'
import { You } from './profile/You.tsx'

/** One's own name, language, password, PIN, and where one is signed in. */
export default function ProfilePage() {
  const t = useT()
  const { user } = useSession()
  const roles = user?.roles.map((role) => t.of('role', role)).join(', ')
  return (
    <PageBody narrow>
      <PageHead
        title={t('page.profile')}
        hint={
          <>
            <bdi>{user?.email}</bdi>
            {roles && ` · ${roles}`}
          </>
        }
      />
      <Panel title={t('profile.you')}>
        <Photo />
        {/* Begins anew with the numbers as they were kept. */}
        <You key={(user?.phones ?? []).join()} />
      </Panel>
      <Panel title={t('profile.contacts')} flush>
        <Contacts />
      </Panel>
      <Panel title={t('scheme.title')}>
        <SchemeChoice />
      </Panel>
      <Panel title={t('profile.sessions')} flush>
        <Sessions />
      </Panel>
      <Panel title={t('profile.password')}>
        <Password />
      </Panel>
      <Panel title={t('factor.title')} flush>
        <Factors />
      </Panel>
      <Panel title={t('profile.pin')}>
        <Pin />
      </Panel>
      <Panel title={t('detail.history')}>
        <OwnHistory />
      </Panel>
    </PageBody>
  )
}
