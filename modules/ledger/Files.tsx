import { ActionIcon, Menu, Tooltip } from '@mantine/core'
import { IconDownload, IconPrinter } from '@tabler/icons-react'
import { toQuery } from '#kit/web/request.ts'
import { Can } from '#kit/web/session.tsx'
import { T, useT } from '#kit/web/words.tsx'

/** Takes what is shown to a file, or to paper. */
export function Files({ from, asked, print }: { from: string; asked: object; print?: boolean }) {
  const t = useT()
  return (
    <>
      {print && (
        <Tooltip label={t('books.print')}>
          <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t('books.print')} onClick={() => window.print()}>
            <IconPrinter size={18} stroke={1.7} />
          </ActionIcon>
        </Tooltip>
      )}
      <Can do="ledger.account.export">
        <Menu position="bottom-end">
          <Menu.Target>
            <Tooltip label={t('list.export')}>
              <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t('list.export')}>
                <IconDownload size={18} stroke={1.7} />
              </ActionIcon>
            </Tooltip>
          </Menu.Target>
          <Menu.Dropdown>
            {['xlsx', 'csv'].map((format) => (
              <Menu.Item key={format} component="a" href={`/api${from}${toQuery({ ...asked, format })}`} download>
                <T k={`list.${format}`} />
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      </Can>
    </>
  )
}
