import { Button, Group } from '@mantine/core'
import { IconMailShare, IconPrinter } from '@tabler/icons-react'
import { LinkButton } from '#kit/web/look/LinkButton.tsx'
import { toQuery } from '#kit/web/base/request.ts'
import { Can } from '#kit/web/session/session.tsx'
import { useT } from '#kit/web/base/words.tsx'
import { groups, reportOf, type ReportName } from './report.ts'

const FORMATS = ['xlsx', 'csv', 'pdf'] as const

/** Takes what is shown to paper, or to a file as people read it. */
export function Files({ asked: { name, ...asked } }: { asked: { name: ReportName; place?: string } & object }) {
  const t = useT()
  const { place } = asked
  return (
    <Group gap={4}>
      <Button variant="default" leftSection={<IconPrinter size={16} stroke={1.7} />} onClick={() => window.print()}>
        {t('report.print')}
      </Button>
      <Can do={groups[reportOf(name).group].export}>
        {FORMATS.map((format) => (
          <Button
            key={format}
            variant="default"
            px={10}
            component="a"
            href={`/api/reports/${name}/export${toQuery({ ...asked, format, for: 'people' })}`}
            {...(format === 'pdf' ? { target: '_blank', rel: 'noreferrer' } : { download: '' })}
          >
            {format.toUpperCase()}
          </Button>
        ))}
        <Can do="analytics.plan.edit">
          <LinkButton
            to="/report-plans/new"
            search={{ report: name, name: t(`report.${name}`), ...(place && { place }) }}
            variant="default"
            leftSection={<IconMailShare size={16} stroke={1.7} />}
          >
            {t('reportPlan.send')}
          </LinkButton>
        </Can>
      </Can>
    </Group>
  )
}
