import { Button, Group } from '@mantine/core'
import { IconEye } from '@tabler/icons-react'
import { useState } from 'react'
import { useCommand } from '#kit/web/base/command.tsx'
import { DetailPage } from '#kit/web/record/DetailPage.tsx'
import type { OneRow } from '#kit/web/entity/entity.ts'
import { Panel } from '#kit/web/look/parts.tsx'
import { Can } from '#kit/web/session/session.tsx'
import { T, useT } from '#kit/web/base/words.tsx'
import type { messageRoutes } from './message.routes.ts'
import { outgoing } from './message.ts'
import classes from '../comms.module.css'

type MessageData = OneRow & { readonly hasSecret: boolean }

/** One message as it was written, and how its delivery went. */
export default function MessagePage() {
  return (
    <DetailPage<MessageData>
      entity={outgoing}
      withoutHistory
      withoutVerbs={['deliver', 'keep', 'fail']}
      without={['body']}
      values={{ template: (row) => <TemplateName of={String(row['template'])} /> }}
      top={(data) => <Letter data={data} />}
    />
  )
}

function TemplateName({ of }: { of: string }) {
  return <T k={`message.${of}.title`} />
}

function Letter({ data: { row, hasSecret } }: { data: MessageData }) {
  const t = useT()
  const [shown, setShown] = useState<string | null>(null)
  const reveal = useCommand<typeof messageRoutes>()('POST /messages/:id/secret', {
    onDone: ({ body }) => setShown(body),
  })
  return (
    <Panel title={t('messages.letter')}>
      <pre className={classes.letter} dir="auto">
        {shown ?? String(row['body'])}
      </pre>
      {hasSecret && row['state'] === 'kept' && shown === null && (
        <Can do="comms.message.reveal">
          <Group mt="md">
            <Button
              variant="default"
              leftSection={<IconEye size={16} />}
              loading={reveal.isRunning}
              onClick={() => void reveal.run({ id: row.id })}
            >
              <T k="messages.reveal" />
            </Button>
          </Group>
        </Can>
      )}
    </Panel>
  )
}
