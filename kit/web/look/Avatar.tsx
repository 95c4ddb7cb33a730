import classes from './avatar.module.css'

/** Somebody's picture, cut round about the point that they chose; the first letters of their name where there is none. */
export interface Pictured {
  readonly name: string
  readonly photo?: string | null
  readonly photoX?: number
  readonly photoY?: number
}

export const initials = (name: string): string => {
  const words = name.trim().split(/\s+/)
  return [words[0], words.length > 1 ? words.at(-1) : '']
    .map((word) => [...(word ?? '')][0] ?? '')
    .join('')
    .toLocaleUpperCase()
}

/** Decoration: the name stands beside it, or is told in another way. */
export function Avatar({ of, size }: { of: Pictured; size: number }) {
  const { photo, photoX = 50, photoY = 50 } = of
  return (
    <span className={classes.avatar} style={{ width: size, height: size, fontSize: size * 0.38 }} aria-hidden>
      {photo ? (
        <img src={`/api/files/${photo}?size=thumb`} alt="" style={{ objectPosition: `${photoX}% ${photoY}%` }} />
      ) : (
        initials(of.name)
      )}
    </span>
  )
}
