import { Happened } from '#kit/web/home/Happened.tsx'
import type { Home as Brought, HomeCard } from '#kit/web/home/home.ts'
import { Waiting } from '#kit/web/home/Waiting.tsx'
import { LinkButton } from '#kit/web/look/LinkButton.tsx'
import { businessDayIn } from '#kit/web/session/period.ts'
import { useSession } from '#kit/web/session/session.tsx'
import { Day } from '#kit/web/entity/values.tsx'
import { useT } from '#kit/web/base/words.tsx'
import { Fragment } from 'react'
import { moduleNames } from '#modules/list.ts'
import classes from './home.module.css'

const brought = import.meta.glob<Brought>('../../modules/*/home.tsx', { eager: true, import: 'home' })
// What stands highest comes first, as in the menu.
const homes = moduleNames.toReversed().flatMap((name) => brought[`../../modules/${name}/home.tsx`] ?? [])

/** What the kit tells of all modules. */
const ofAll: readonly HomeCard[] = [
  { name: 'waiting', can: 'signedIn', area: 'company', roles: 'everyone', order: 10, isUrgent: true, Show: Waiting },
  { name: 'happened', can: 'signedIn', area: 'company', roles: 'everyone', order: 20, Show: Happened },
]
const LAST = 50

export const cards = [...ofAll, ...homes.flatMap((home) => home.cards ?? [])].toSorted(
  (one, other) => (one.order ?? LAST) - (other.order ?? LAST),
)
export const steps = homes.flatMap((home) => home.steps ?? []).toSorted((one, other) => one.order - other.order)

/** The day, and the place where somebody works. */
export function Today() {
  const { place, clock } = useSession()
  return (
    <>
      <Day of={businessDayIn(clock)} style="long" />
      {place && (
        <>
          {' · '}
          <bdi>{place.name}</bdi>
        </>
      )}
    </>
  )
}

/** What the cards are asked for, and where they lead on to. */
export function Leads({ of }: { of: readonly HomeCard[] }) {
  const t = useT()
  return of.map(({ name, leadsTo, Asks }) => (
    <Fragment key={name}>
      {Asks && <Asks />}
      {leadsTo && (
        <LinkButton to={leadsTo.to} variant="default">
          {t(leadsTo.words)}
        </LinkButton>
      )}
    </Fragment>
  ))
}

export function Cards({ of }: { of: readonly HomeCard[] }) {
  return (
    <div className={classes.parts}>
      {of.map(
        ({ name, wide, isUrgent, Show }) =>
          Show && (
            <div key={name} className={wide ? classes.wide : classes.part} data-urgent={isUrgent || undefined}>
              <Show />
            </div>
          ),
      )}
    </div>
  )
}
