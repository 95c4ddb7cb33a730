import { Button, CopyButton, Group } from '@mantine/core'
import { IconCheck, IconCopy, IconDownload } from '@tabler/icons-react'
import { useSession } from '#kit/web/session/session.tsx'
import { T, useT } from '#kit/web/base/words.tsx'
import classes from './factor.module.css'

/** Ten codes for the day on which the telephone is gone; shown once. */
export function BackupCodes({ codes, onDone }: { codes: readonly string[]; onDone: () => void }) {
  const t = useT()
  const { company } = useSession()
  const text = codes.join('\n')
  const file = `data:text/plain;charset=utf-8,${encodeURIComponent(`${company?.name ?? 'Duka'}\n\n${text}\n`)}`
  return (
    <div role="status">
      <p className={classes.hint}>
        <T k="factor.backupHint" />
      </p>
      <ul className={classes.codes} aria-label={t('factor.backupCodes')}>
        {codes.map((code) => (
          <li key={code}>
            <code dir="ltr">{code}</code>
          </li>
        ))}
      </ul>
      <Group gap="xs" mb="lg">
        <CopyButton value={text} timeout={4000}>
          {({ copied, copy }) => (
            <Button variant="default" leftSection={copied ? <IconCheck size={16} /> : <IconCopy size={16} />} onClick={copy}>
              <T k={copied ? 'users.copied' : 'users.copy'} />
            </Button>
          )}
        </CopyButton>
        <Button variant="default" component="a" href={file} download="backup-codes.txt" leftSection={<IconDownload size={16} />}>
          <T k="factor.save" />
        </Button>
      </Group>
      <Button fullWidth onClick={onDone}>
        <T k="factor.kept" />
      </Button>
    </div>
  )
}
