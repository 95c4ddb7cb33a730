import { Menu } from '@mantine/core'
import { IconEraser } from '@tabler/icons-react'
import { useAction } from '../base/command.tsx'
import { request } from '../base/request.ts'
import { AskFirst } from './Verbs.tsx'
import { T, useT } from '../base/words.tsx'

/** At the end of the menu of a person's page: seldom done, and never by mistake. */
export const EraseItem = ({ onClick }: { onClick: () => void }) => (
  <Menu.Item c="var(--duka-bad)" leftSection={<IconEraser size={16} />} onClick={onClick}>
    <T k="erase.go" />
  </Menu.Item>
)

interface EraseProps {
  readonly path: string
  readonly name: string
  /** What goes and what stays. */
  readonly text: string
  readonly touches: readonly string[]
  readonly onClose: () => void
}

/** Takes away for good what is known about a person, after a question and with a reason. */
export function Erase({ path, name, text, touches, onClose }: EraseProps) {
  const t = useT()
  const erase = useAction((reason: string, key) => request('POST', path, { reason }, { key }), {
    done: 'erase.done',
    touches,
    onDone: onClose,
  })
  return (
    <AskFirst
      title={t('erase.ask', { name })}
      text={text}
      action={t('erase.go')}
      bad
      needsReason
      isRunning={erase.isRunning}
      onClose={onClose}
      onYes={(reason) => void erase.run(reason ?? '')}
    />
  )
}
