import { useMediaQuery } from '@mantine/hooks'
import { useId, useState, type ReactNode } from 'react'
import { isRequired, sectionsOf, type Entity, type Field } from '../../entity.ts'
import { useT } from '../base/words.tsx'
import classes from './form.module.css'

type Named = readonly [name: string, ...rest: unknown[]]

/**
 * Fields under the headings that their entity declares, or all together where it declares none. A phone folds all but the first
 * and those in which something has to be filled in; what holds something that is wrong stands open.
 */
export function Sections<F extends Named>({
  of,
  fields,
  isWrong = () => false,
  children,
}: {
  of: Pick<Entity, 'name' | 'fields' | 'sections'>
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
          isShut={index > 0 && !some.some(([name]) => isAsked(of.fields[name]))}
          isWrong={some.some(([name]) => isWrong(name))}
        >
          {children(some)}
        </Section>
      ))}
    </div>
  )
}

const isAsked = (field: Field | undefined) => field !== undefined && isRequired(field)

interface SectionProps {
  readonly title: string
  readonly isShut: boolean
  readonly isWrong: boolean
  readonly children: ReactNode
}

function Section({ title, isShut, isWrong, children }: SectionProps) {
  const id = useId()
  const [isOpen, setOpen] = useState(false)
  const isPhone = useMediaQuery('(max-width: 48em)', window.innerWidth < 768, { getInitialValueInEffect: false })
  if (!isShut || !isPhone)
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
