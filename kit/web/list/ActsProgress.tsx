import { Button, Group, Progress, Stack } from '@mantine/core'
import type { Entity } from '../../entity.ts'
import { entityTitle } from '../entity/entity.ts'
import { useHasPage } from '../base/page.ts'
import { ProblemNote } from '../look/parts.tsx'
import { problemText } from '../base/problem.ts'
import { ProblemError } from '../base/request.ts'
import { Link } from '../base/url.tsx'
import { Window } from '../look/Window.tsx'
import { T, useT } from '../base/words.tsx'
import classes from './list.module.css'
import type { ActsState } from './useActs.ts'

/** How far it has gone; then how many were done, and which were not and why. */
export function ActsProgress({
  entity,
  state,
  onAgain,
  onClose,
}: {
  entity: Entity
  state: ActsState
  onAgain: () => void
  onClose: () => void
}) {
  const t = useT()
  const hasPage = useHasPage(`${entity.path}/$id`)
  const { rows, done, refused, isRunning, problem } = state
  const total = rows.length
  const tried = done + refused.length
  const titleOf = (id: string) => {
    const row = rows.find((one) => one.id === id)
    return row ? entityTitle(entity, row) : id
  }
  return (
    <Window
      onClose={onClose}
      title={t('acts.title')}
      withCloseButton={!isRunning}
      closeOnEscape={!isRunning}
      closeOnClickOutside={false}
    >
      <Stack gap="md">
        <div role="status">
          {isRunning ? (
            <>
              <T k="acts.running" done={tried} total={total} />
              <Progress value={(100 * tried) / total} mt="xs" aria-label={t('acts.running', { done: tried, total })} />
            </>
          ) : (
            <strong>
              {refused.length > 0 ? t('acts.partly', { done, refused: refused.length }) : t('acts.allDone', { n: done })}
            </strong>
          )}
        </div>
        {problem !== undefined && <ProblemNote of={problem} />}
        {refused.length > 0 && (
          <ul className={classes.refused}>
            {refused.map((one) => (
              <li key={one.id}>
                {hasPage ? <Link to={`${entity.path}/${one.id}`}>{titleOf(one.id)}</Link> : <b>{titleOf(one.id)}</b>}
                <span>{problemText(t, new ProblemError(one))}</span>
              </li>
            ))}
          </ul>
        )}
        {!isRunning && (
          <Group justify="flex-end" gap="xs">
            {problem !== undefined && (
              <Button variant="default" onClick={onAgain}>
                <T k="common.tryAgain" />
              </Button>
            )}
            <Button onClick={onClose} data-autofocus>
              <T k="common.close" />
            </Button>
          </Group>
        )}
      </Stack>
    </Window>
  )
}
