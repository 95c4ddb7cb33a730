import { useDebouncedValue } from '@mantine/hooks'
import { IconUsers } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { api } from '#kit/web/base/api.ts'
import type { Values } from '#kit/web/form/form.ts'
import { Link } from '#kit/web/base/url.tsx'
import { T } from '#kit/web/base/words.tsx'
import type { findRoutes } from './party.routes.ts'
import classes from './duplicates.module.css'

const joined = (value: unknown) => (Array.isArray(value) ? value.join(',') : '')

/** People known already who may be the one that is being typed; nobody is stopped from adding a namesake. */
export function Duplicates({ values }: { values: Values }) {
  const typed = { name: String(values['name'] ?? '').trim(), phones: joined(values['phones']), emails: joined(values['emails']) }
  const [asked] = useDebouncedValue(typed, 300, { leading: false })
  const isWorthIt = asked.name.length >= 4 || asked.phones !== '' || asked.emails !== ''
  const { data } = useQuery({
    ...api<typeof findRoutes>()('GET /parties/duplicates', asked),
    enabled: isWorthIt,
    placeholderData: (before) => before,
  })
  const rows = isWorthIt ? (data?.rows ?? []) : []
  return (
    <div role="status">
      {rows.length > 0 && (
        <section className={classes.box}>
          <p className={classes.title}>
            <IconUsers size={17} aria-hidden /> <T k="party.duplicates" />
          </p>
          <ul className={classes.list}>
            {rows.map((row) => (
              <li key={row.id}>
                <Link to={`/parties/${row.id}`}>
                  <bdi>{row.name}</bdi>
                </Link>
                {[...row.phones, ...row.emails, ...(row.city ? [row.city] : [])].map((one) => (
                  <bdi key={one} className={classes.fact}>
                    {one}
                  </bdi>
                ))}
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  )
}
