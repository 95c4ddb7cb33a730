import { Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type RowsPage } from '#kit/web/entity/entity.ts'
import { LinkButton } from '#kit/web/look/LinkButton.tsx'
import { Panel, Problem } from '#kit/web/look/parts.tsx'
import { request, toQuery } from '#kit/web/base/request.ts'
import { useSession } from '#kit/web/session/session.tsx'
import { Instant } from '#kit/web/entity/values.tsx'
import { T, useT } from '#kit/web/base/words.tsx'
import { shift } from '../shift/shift.ts'
import { till } from '../till/till.ts'
import classes from '#kit/web/home/card.module.css'

const rowsOf = (of: { name: string; path: string }, filters: Readonly<Record<string, string>>) => ({
  queryKey: [of.name, 'home', filters],
  queryFn: ({ signal }: { signal: AbortSignal }) =>
    request<RowsPage>('GET', of.path + toQuery({ ...filters, limit: 12 }), undefined, { signal }),
})

/** The tills of the place: which are open, by whom, and the way to sell at each. */
export function TillCard() {
  const t = useT()
  const { place, may } = useSession()
  const here: Record<string, string> = place ? { place: place.id } : {}
  const tills = useQuery(rowsOf(till, here))
  const shifts = useQuery({ ...rowsOf(shift, { ...here, state: 'open' }), enabled: may('pos.shift.read') })
  const open = new Map((shifts.data?.rows ?? []).map((row) => [String(row['till']), row]))
  const isPending = tills.isPending || (shifts.isPending && shifts.isEnabled)
  // What is open stands on top: that is where somebody goes on.
  const rows = (tills.data?.rows ?? []).toSorted((a, b) => Number(open.has(b.id)) - Number(open.has(a.id)))
  return (
    <Panel flush title={t('entities.pos.till')}>
      {isPending ? (
        <Skeleton h={48} m={18} w="auto" />
      ) : tills.error ? (
        <Problem of={tills.error} retry={() => void tills.refetch()} />
      ) : rows.length === 0 ? (
        <p className={classes.blank}>
          <T k="till.none" />
        </p>
      ) : (
        <ul className={classes.rows}>
          {rows.map((row) => {
            const now = open.get(row.id)
            return (
              <li key={row.id}>
                <span className={classes.dot} data-on={now ? true : undefined} aria-hidden />
                <span className={classes.main}>
                  <strong>
                    <bdi>{String(row['name'])}</bdi>
                  </strong>
                  {!place && (
                    <span className={classes.end}>
                      {' · '}
                      <bdi>{tills.data?.refs[String(row['place'])]}</bdi>
                    </span>
                  )}
                  <span className={classes.sub}>
                    {now ? (
                      <>
                        {t('home.openBy', { name: shifts.data?.refs[String(now['openedBy'])] ?? '' })}{' '}
                        <Instant of={String(now['openedAt'])} ago />
                      </>
                    ) : (
                      t('home.closed')
                    )}
                  </span>
                </span>
                {may('pos.sale.complete', String(row['place'])) && (
                  <LinkButton to="/pos/sell" search={{ till: row.id }} variant={now || open.size === 0 ? 'filled' : 'default'}>
                    <T k={now ? 'page.sell' : 'home.openTill'} />
                  </LinkButton>
                )}
              </li>
            )
          })}
        </ul>
      )}
    </Panel>
  )
}
