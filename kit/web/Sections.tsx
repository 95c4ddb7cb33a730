import { useMediaQuery } from '@mantine/hooks'
import { useId, useState, type ReactNode } from 'react'
import { sectionsOf, type Entity } from '../entity.ts'
import { useT } from './words.tsx'
import classes from './form.module.css'

type Named = readonly [name: string, ...rest: unknown[]]

/**
 * Fields under the headings that their entity declares, or all together where it declares none. A phone folds all but the first;
 * what holds something that is wrong stands open.
 */
export function Sections<F extends Named>({
  of,
  fields,
  isWrong = () => false,
  children,
}: {
  of: Pick<Entity, 'name' | 'sections'>
  fields: readonly F[]
  isWrong?: (name: string) => boolean
  children: (fields: readonly F[]) => ReactNode
}) {
  const t = useT()
  if (!of.sections) return children(fields)
  return (
    <div className={classes.sections}>
      {sectionsOf(of, fields).map(([key, some], index) => (
        <Section
          key={key}
          title={t.of('section', `${of.name}.${key}`)}
          isFirst={index === 0}
          isWrong={some.some(([name]) => isWrong(name))}
        >
          {children(some)}
        </Section>
      ))}
    </div>
  )
}

interface SectionProps {
  readonly title: string
  readonly isFirst: boolean
  readonly isWrong: boolean
  readonly children: ReactNode
}

function Section({ title, isFirst, isWrong, children }: SectionProps) {
  const id = useId()
  const [isOpen, setOpen] = useState(false)
  const isPhone = useMediaQuery('(max-width: 48em)', window.innerWidth < 768, { getInitialValueInEffect: false })
  if (isFirst || !isPhone)
    return (
      <section aria-labelledby={id}>
        <h2 id={id}>{title}</h2>
        {children}
      </section>
    )
  return (
    <details open={isOpen || isWrong} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <h2>{title}</h2>
      </summary>
      {children}
    </details>
  )
}
