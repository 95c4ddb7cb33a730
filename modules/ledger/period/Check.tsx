import { Button } from '@mantine/core'
import { IconAlertTriangle, IconRefresh, IconShieldCheck } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { api } from '#kit/web/base/api.ts'
import { Panel, ProblemNote } from '#kit/web/look/parts.tsx'
import { Link } from '#kit/web/base/url.tsx'
import { Amount } from '#kit/web/entity/values.tsx'
import { T, useT } from '#kit/web/base/words.tsx'
import type { entryRoutes } from '../entry/entry.routes.ts'
import classes from '../books.module.css'

/** Adds up the whole ledger anew and compares it with the sums that reports read. */
export function Check() {
  const t = useT()
  const { data, error, refetch, isFetching } = useQuery({
    ...api<typeof entryRoutes>('ledger-check')('GET /ledger-check', {}),
    // It reads every line there is: once a visit, and when somebody asks.
    staleTime: Infinity,
  })
  const differences = data?.differences ?? []
  return (
    <Panel
      title={t('periods.check')}
      actions={
        <Button
          variant="subtle"
          size="compact-sm"
          leftSection={<IconRefresh size={15} />}
          loading={isFetching}
          onClick={() => void refetch()}
        >
          <T k="periods.checkAgain" />
        </Button>
      }
    >
      {error && <ProblemNote of={error} />}
      {!data && !error && <T k="common.loading" />}
      {data && (
        <p className={classes.verdict} data-bad={differences.length > 0 || undefined} role="status">
          {differences.length === 0 ? <IconShieldCheck size={20} aria-hidden /> : <IconAlertTriangle size={20} aria-hidden />}
          {t(differences.length === 0 ? 'periods.checkRight' : 'periods.checkWrong')}
        </p>
      )}
      {differences.length > 0 && (
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">{t('field.account')}</th>
              <th scope="col" className={classes.figure}>
                {t('periods.kept')}
              </th>
              <th scope="col" className={classes.figure}>
                {t('periods.booked')}
              </th>
            </tr>
          </thead>
          <tbody>
            {differences.map((row) => (
              <tr key={`${row.path} ${row.kept}`}>
                <td>
                  <Link to={row.path}>
                    <bdi>{row.name}</bdi>
                  </Link>
                </td>
                <td className={classes.figure}>
                  <Amount of={row.kept} plain />
                </td>
                <td className={classes.figure}>
                  <Amount of={row.booked} plain />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  )
}
