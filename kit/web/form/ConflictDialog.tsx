import { Button, Group, Radio, Text } from '@mantine/core'
import { useState } from 'react'
import type { Entity } from '../../entity.ts'
import { fieldLabel } from '../entity/entity.ts'
import type { Values } from './form.ts'
import { useFormat } from '../session/format.ts'
import { Value } from '../entity/values.tsx'
import { T, useT } from '../base/words.tsx'
import classes from '../entity/form.module.css'
import { Window } from '../look/Window.tsx'

export interface Conflict {
  readonly field: string
  readonly yours: unknown
  readonly theirs: unknown
  readonly by: string
  readonly at: string
}

/** Two people changed the same fields: shows both values and lets this person say which one stands. */
export function ConflictDialog({
  entity,
  conflicts,
  onSettle,
  onClose,
}: {
  entity: Entity
  conflicts: readonly Conflict[]
  onSettle: (kept: Values) => void
  onClose: () => void
}) {
  const t = useT()
  const format = useFormat()
  const [kept, setKept] = useState<Readonly<Record<string, 'yours' | 'theirs'>>>(
    Object.fromEntries(conflicts.map((one) => [one.field, 'yours'])),
  )
  const settle = () =>
    onSettle(Object.fromEntries(conflicts.map((one) => [one.field, kept[one.field] === 'theirs' ? one.theirs : one.yours])))
  return (
    <Window onClose={onClose} title={t('conflict.title')} size="lg">
      <Text size="sm" c="dimmed" mb="md">
        <T k="conflict.text" />
      </Text>
      {conflicts.map((one) => {
        const field = entity.fields[one.field]
        const choose = (side: string) => setKept((before) => ({ ...before, [one.field]: side as 'yours' | 'theirs' }))
        return (
          <Radio.Group
            key={one.field}
            label={fieldLabel(t, entity, one.field)}
            value={kept[one.field] ?? 'yours'}
            onChange={choose}
            mb="md"
          >
            <div className={classes.sides}>
              {(['yours', 'theirs'] as const).map((side) => (
                <Radio.Card key={side} value={side} className={classes.side ?? ''}>
                  <span className={classes.sideName}>
                    <Radio.Indicator size="xs" />
                    {side === 'yours' ? t('conflict.yours') : t('conflict.theirs', { name: one.by, when: format.ago(one.at) })}
                  </span>
                  <span className={classes.sideValue}>
                    {field ? (
                      <Value entity={entity} name={one.field} field={field} value={one[side]} link={false} plain={false} />
                    ) : (
                      String(one[side])
                    )}
                  </span>
                </Radio.Card>
              ))}
            </div>
          </Radio.Group>
        )
      })}
      <Group justify="flex-end" gap="xs" mt="lg">
        <Button variant="default" onClick={onClose}>
          <T k="common.cancel" />
        </Button>
        <Button onClick={settle}>
          <T k="conflict.save" />
        </Button>
      </Group>
    </Window>
  )
}
