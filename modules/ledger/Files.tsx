import { ActionIcon, Tooltip } from '@mantine/core'
import { IconPrinter } from '@tabler/icons-react'
import { ExportMenu } from '#kit/web/list/ExportMenu.tsx'
import { toQuery } from '#kit/web/base/request.ts'
import { Can } from '#kit/web/session/session.tsx'
import { useT } from '#kit/web/base/words.tsx'
import classes from './books.module.css'

/** Takes what is shown to a file, or to paper. */
export function Files({ from, asked, print }: { from: string; asked: object; print?: boolean }) {
  const t = useT()
  return (
    <span className={classes.files}>
      {print && (
        <Tooltip label={t('books.print')}>
          <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t('books.print')} onClick={() => window.print()}>
            <IconPrinter size={18} stroke={1.7} />
          </ActionIcon>
        </Tooltip>
      )}
      <Can do="ledger.account.export">
        <ExportMenu path={(format) => `${from}${toQuery({ ...asked, format })}`} />
      </Can>
    </span>
  )
}
