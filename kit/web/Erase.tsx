import { Button } from '@mantine/core'
import { IconEraser } from '@tabler/icons-react'
import { useState } from 'react'
import { useAction } from './command.tsx'
import { request } from './request.ts'
import { AskFirst } from './Verbs.tsx'
import { T, useT } from './words.tsx'

/** Takes away for good what is known about a person, after a question and with a reason. `text` says what goes and what stays. */
export function Erase({ path, name, text, touches }: { path: string; name: string; text: string; touches: readonly string[] }) {
  const t = useT()
  const [isAsking, ask] = useState(false)
  const erase = useAction((reason: string, key) => request('POST', path, { reason }, { key }), {
    done: 'erase.done',
    touches,
    onDone: () => ask(false),
  })
  return (
    <>
      <Button variant="default" c="var(--duka-bad)" leftSection={<IconEraser size={16} />} onClick={() => ask(true)}>
        <T k="erase.go" />
      </Button>
      {isAsking && (
        <AskFirst
          title={t('erase.ask', { name })}
          text={text}
          action={t('erase.go')}
          bad
          needsReason
          isRunning={erase.isRunning}
          onClose={() => ask(false)}
          onYes={(reason) => void erase.run(reason ?? '')}
        />
      )}
    </>
  )
}
