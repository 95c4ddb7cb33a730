import { Button, Group, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useCommand } from '#kit/web/base/command.tsx'
import { ProblemNote } from '#kit/web/look/parts.tsx'
import { useT } from '#kit/web/base/words.tsx'
import { Window } from '#kit/web/look/Window.tsx'
import type { stockCountRoutes } from './stock-count.routes.ts'
import { readCountAnew } from './useCounting.tsx'

interface AddFoundProps {
  readonly count: string
  readonly found: { readonly id: string; readonly name: string }
  /** The line that it stands on now. */
  readonly onAdded: (line: string) => void
  readonly onClose: () => void
}

/** An article lies there that is not on the count: it goes on it, with its lot where it has one. */
export function AddFound({ count, found, onAdded, onClose }: AddFoundProps) {
  const t = useT()
  const [lot, setLot] = useState('')
  const add = useCommand<typeof stockCountRoutes>()('POST /inventory/stock-counts/:id/lines', {
    quiet: true,
    onDone: ({ line }) => {
      void readCountAnew()
      onAdded(line)
    },
  })
  const put = () => void add.run({ id: count, variant: found.id, ...(lot.trim() && { lot: lot.trim() }) })
  return (
    <Window title={found.name} size="sm" onClose={onClose}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          put()
        }}
      >
        {add.problem !== null && <ProblemNote of={add.problem} />}
        <p>{t('stockCount.notOnIt')}</p>
        <TextInput
          label={t('lot.code')}
          description={t('stockCount.lotHint')}
          inputWrapperOrder={['label', 'input', 'description']}
          maxLength={60}
          autoComplete="off"
          value={lot}
          onChange={(event) => setLot(event.currentTarget.value)}
        />
        <Group justify="flex-end" gap="xs" mt="lg">
          <Button variant="default" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button type="submit" loading={add.isRunning} data-autofocus>
            {t('stockCount.putOn')}
          </Button>
        </Group>
      </form>
    </Window>
  )
}
