import { ActionIcon, Menu, Tooltip } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useAction } from '../command.tsx'
import { download } from '../request.ts'
import { T, useT } from '../words.tsx'

/**
 * Takes what is shown to a file. A plain link, which the browser saves as it comes, however large it is; where the server
 * may first ask for a second person (`asks`), it is fetched by the page.
 */
export function ExportMenu({ path, hint, asks = false }: { path: (format: string) => string; hint?: string; asks?: boolean }) {
  const t = useT()
  const save = useAction((of: string) => download(of))
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
        {['xlsx', 'csv'].map((format) =>
          asks ? (
            <Menu.Item key={format} onClick={() => void save.run(path(format))}>
              <T k={`list.${format}`} />
            </Menu.Item>
          ) : (
            <Menu.Item key={format} component="a" href={`/api${path(format)}`} download>
              <T k={`list.${format}`} />
            </Menu.Item>
          ),
        )}
      </Menu.Dropdown>
    </Menu>
  )
}
