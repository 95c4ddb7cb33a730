import { ActionIcon, Menu, Tooltip } from '@mantine/core'
import { IconDownload, IconPrinter } from '@tabler/icons-react'
import { useAction } from '../base/command.tsx'
import { download } from '../base/request.ts'
import { T, useT } from '../base/words.tsx'

const FILES = [
  { format: 'xlsx', whom: 'people', label: 'list.xlsx' },
  { format: 'csv', whom: 'people', label: 'list.csv' },
  { format: 'csv', whom: 'machines', label: 'list.csvMachines' },
] as const

/**
 * Takes what is shown to a file: for people, as they read it, or for machines, by the names of the fields. A plain link, which the browser saves as it comes, however large it is; where the server
 * may first ask for a second person (`asks`), it is fetched by the page.
 */
export function ExportMenu({
  path,
  hint,
  asks = false,
  columns,
}: {
  path: (format: string) => string
  hint?: string
  asks?: boolean
  /** The columns that are shown, where it can be printed with them. */
  columns?: readonly string[]
}) {
  const t = useT()
  const save = useAction((of: string) => download(of))
  const printed = `${path('pdf')}&for=people&columns=${encodeURIComponent(columns?.join(',') ?? '')}`
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Tooltip label={t('list.export')}>
          <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t('list.export')}>
            <IconDownload size={18} stroke={1.7} />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        {hint && <Menu.Label>{hint}</Menu.Label>}
        {columns && (
          <>
            <Menu.Item
              leftSection={<IconPrinter size={16} />}
              {...(asks
                ? { onClick: () => void save.run(printed) }
                : { component: 'a' as const, href: `/api${printed}`, target: '_blank', rel: 'noreferrer' })}
            >
              <T k="list.print" />
            </Menu.Item>
            <Menu.Divider />
          </>
        )}
        {FILES.map(({ format, whom, label }) => {
          const to = `${path(format)}&for=${whom}`
          return asks ? (
            <Menu.Item key={label} onClick={() => void save.run(to)}>
              <T k={label} />
            </Menu.Item>
          ) : (
            <Menu.Item key={label} component="a" href={`/api${to}`} download>
              <T k={label} />
            </Menu.Item>
          )
        })}
      </Menu.Dropdown>
    </Menu>
  )
}
