import { useSession } from '#kit/web/session/session.tsx'
import { Link } from '#kit/web/base/url.tsx'
import { T, useT } from '#kit/web/base/words.tsx'
import classes from './goods.module.css'

interface NoStorageProps {
  /** The places of the storage locations that there are. */
  readonly known: readonly (string | null)[]
  /** Goods go from one to another. */
  readonly needsTwo: boolean
  /** Where whoever adds one comes back to. */
  readonly back: string
}

/** Says where goods can't be put because there is no storage location, so that no paper can name it, and the way out. */
export function NoStorage({ known, needsTwo, back }: NoStorageProps) {
  const t = useT()
  const { places, place, may } = useSession()
  // Of places that this person doesn't see into, nothing is known.
  const without = places.filter((one) => may('inventory.stock.read', one.id) && !known.includes(one.id))
  // What stays in one place has nothing to do with the others.
  const told = needsTwo || known.length === 0 ? without : without.filter((one) => one.id === place?.id)
  const here = place ?? places[0]
  if (without.length === 0 && needsTwo && known.length === 1 && here)
    return (
      <p className={classes.missing} role="note">
        {t('goods.oneStorage')} <Add at={here.id} back={back} />
      </p>
    )
  return told.map((one) => (
    <p key={one.id} className={classes.missing} role="note">
      {t('goods.noStorage', { place: one.name })} <Add at={one.id} name={one.name} code={`${one.code}-FLOOR`} back={back} />
    </p>
  ))
}

function Add({ at, ...search }: { at: string; name?: string; code?: string; back: string }) {
  const { may } = useSession()
  if (!may('inventory.location.edit', at)) return <T k="goods.askStorage" />
  return (
    <Link to="/inventory/locations/new" search={{ place: at, ...search }}>
      <T k="goods.addStorage" />
    </Link>
  )
}
