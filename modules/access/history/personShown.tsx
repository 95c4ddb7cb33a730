import type { Shows } from '#kit/web/entity/History.tsx'
import { useT } from '#kit/web/base/words.tsx'
import { nameOfLanguage } from '#kit/words.ts'
import type { Membership } from '../role/role.ts'
import { RoleTags } from '../role/Roles.tsx'

/** What the trail of a person holds beside their fields: their roles and where these hold, their picture. */
export function usePersonShown(): Shows {
  const t = useT()
  return {
    roles: (value, refs) => {
      const nameOf = (id: string | null | undefined) => (id ? (refs[id] ?? null) : null)
      const named = (value as readonly Membership[]).map((one) => ({
        ...one,
        name: null,
        placeName: nameOf(one.place),
        sellerName: nameOf(one.seller),
      }))
      return <RoleTags of={named} />
    },
    photo: () => t('history.picture'),
    locale: (value) => <bdi>{nameOfLanguage(String(value))}</bdi>,
  }
}
