import { Button, Group, Stack, TextInput } from '@mantine/core'
import { IconChevronLeft, IconPlus, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { newId } from '#kit/id.ts'
import { useCommand } from '#kit/web/base/command.tsx'
import { ProblemNote } from '#kit/web/look/parts.tsx'
import { Window } from '#kit/web/look/Window.tsx'
import { useT } from '#kit/web/base/words.tsx'
import type { quickRoutes } from '../quick/quick.routes.ts'
import { MOST_BOARDS, type QuickBoard } from '../quick/quick.ts'
import type { Catalogue } from './catalogue.rules.ts'
import { draftOf, type BoardDraft } from './quick.rules.ts'
import { QuickRows } from './QuickRows.tsx'
import { QuickSearch } from './QuickSearch.tsx'
import classes from './quick-edit.module.css'

/** Arranges the boards of a store: their names and order, and the keys of each. */
export function QuickEditor({
  place,
  boards,
  shown,
  catalogue,
  onChanged,
  onClose,
}: {
  place: string
  boards: readonly QuickBoard[]
  /** The board that the till shows now. */
  shown: string | undefined
  catalogue: Catalogue
  onChanged: () => void
  onClose: () => void
}) {
  const t = useT()
  const fresh = (): BoardDraft => ({ id: newId(), name: '', version: 0, keys: [] })
  const [board, setBoard] = useState<BoardDraft>(() => {
    const first = boards.find(({ id }) => id === shown) ?? boards[0]
    return first ? draftOf(first) : fresh()
  })
  const isRight = board.name.trim() !== ''
  const save = useCommand<typeof quickRoutes>()('POST /pos/quick-boards', { quiet: true, done: 'quick.saved', onDone: onChanged })
  const remove = useCommand<typeof quickRoutes>()('DELETE /pos/quick-boards/:id', { done: 'quick.removed', onDone: onChanged })
  const order = useCommand<typeof quickRoutes>()('POST /pos/quick-boards/order', { onDone: onChanged })
  const at = boards.findIndex(({ id }) => id === board.id)
  const submit = async () => {
    if (!isRight) return
    const done = await save.run({
      ...board,
      place,
      name: board.name.trim(),
      keys: board.keys.map((key) => ({ ...key, label: key.label?.trim() || null })),
    } as never)
    if (done) onClose()
  }
  const takeAway = async () => {
    const done = board.version === 0 ? true : await remove.run({ id: board.id })
    if (done) onClose()
  }
  const first = () => void order.run({ place, boards: [board.id, ...boards.map(({ id }) => id).filter((id) => id !== board.id)] })
  return (
    <Window onClose={onClose} title={t('quick.arrange')} size="xl">
      <Stack gap="sm">
        {save.problem && <ProblemNote of={save.problem} />}
        <div className={classes.boards}>
          {boards.map((one) => (
            <Button
              key={one.id}
              variant={one.id === board.id ? 'filled' : 'default'}
              onClick={() => setBoard(draftOf(one))}
              aria-pressed={one.id === board.id}
            >
              {one.name}
            </Button>
          ))}
          {boards.length < MOST_BOARDS && (
            <Button
              variant={board.version === 0 ? 'filled' : 'default'}
              leftSection={<IconPlus size={17} />}
              onClick={() => setBoard(fresh())}
            >
              {t('quick.newBoard')}
            </Button>
          )}
        </div>
        <TextInput
          label={t('quick.boardName')}
          placeholder={t('quick.boardExample')}
          required
          maxLength={40}
          value={board.name}
          onChange={(event) => {
            const name = event.currentTarget.value
            setBoard((now) => ({ ...now, name }))
          }}
        />
        <QuickSearch board={board} catalogue={catalogue} onChange={setBoard} />
        <QuickRows board={board} catalogue={catalogue} onChange={setBoard} />
        <Group justify="space-between">
          <Group gap="xs">
            {board.version > 0 && (
              <Button
                variant="subtle"
                color="red"
                leftSection={<IconTrash size={17} />}
                loading={remove.isRunning}
                onClick={() => void takeAway()}
              >
                {t('quick.removeBoard')}
              </Button>
            )}
            {at > 0 && (
              <Button variant="subtle" leftSection={<IconChevronLeft size={17} className={classes.flip} />} onClick={first}>
                {t('quick.showFirst')}
              </Button>
            )}
          </Group>
          <Button loading={save.isRunning} disabled={!isRight} onClick={() => void submit()}>
            {t('action.save')}
          </Button>
        </Group>
      </Stack>
    </Window>
  )
}
