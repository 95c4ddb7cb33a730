import { ActionIcon, Menu, TextInput } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconGripVertical, IconTrash } from '@tabler/icons-react'
import { useState, type PointerEvent } from 'react'
import { useT } from '#kit/web/base/words.tsx'
import { quickColours, type QuickKey } from '../quick/quick.ts'
import type { Catalogue } from './catalogue.rules.ts'
import { changeKey, moveKey, withoutKey, type BoardDraft } from './quick.rules.ts'
import classes from './quick-edit.module.css'

/** The keys of a board in their order: dragged by their handle, or moved by buttons; with a short label and a colour. */
export function QuickRows({
  board,
  catalogue,
  onChange,
}: {
  board: BoardDraft
  catalogue: Catalogue
  onChange: (change: (now: BoardDraft) => BoardDraft) => void
}) {
  const t = useT()
  const [moving, setMoving] = useState<string | null>(null)
  /** A finger or a mouse takes the key along; it stands where the pointer is. */
  const drag = (event: PointerEvent<HTMLElement>, variant: string) => {
    const over = document.elementFromPoint(event.clientX, event.clientY)?.closest<HTMLElement>('[data-at]')
    if (over) onChange((now) => moveKey(now, variant, Number(over.dataset['at'])))
  }
  if (board.keys.length === 0) return <p className={classes.hint}>{t('quick.empty')}</p>
  return (
    <ol className={classes.rows} aria-label={t('quick.keys')}>
      {board.keys.map((key, at) => {
        const product = catalogue.byId(key.variant)
        const name = product?.name ?? t('till.gone')
        return (
          <li key={key.variant} className={classes.row} data-at={at} data-moving={moving === key.variant || undefined}>
            <button
              type="button"
              tabIndex={-1}
              aria-hidden
              className={classes.handle}
              onPointerDown={(event) => {
                event.currentTarget.setPointerCapture(event.pointerId)
                setMoving(key.variant)
              }}
              onPointerMove={(event) => moving === key.variant && drag(event, key.variant)}
              onPointerUp={() => setMoving(null)}
              onPointerCancel={() => setMoving(null)}
            >
              <IconGripVertical size={18} />
            </button>
            <span className={product ? classes.name : classes.gone} dir="auto">
              {name}
            </span>
            <TextInput
              aria-label={t('quick.label', { name })}
              placeholder={t('quick.labelHint')}
              maxLength={30}
              value={key.label ?? ''}
              onChange={(event) => {
                const label = event.currentTarget.value || null
                onChange((now) => changeKey(now, key.variant, { label }))
              }}
            />
            <Colour of={key} name={name} onChange={onChange} />
            <span className={classes.acts}>
              <ActionIcon
                variant="subtle"
                size={44}
                disabled={at === 0}
                aria-label={t('quick.up', { name })}
                onClick={() => onChange((now) => moveKey(now, key.variant, at - 1))}
              >
                <IconArrowUp size={18} />
              </ActionIcon>
              <ActionIcon
                variant="subtle"
                size={44}
                disabled={at === board.keys.length - 1}
                aria-label={t('quick.down', { name })}
                onClick={() => onChange((now) => moveKey(now, key.variant, at + 1))}
              >
                <IconArrowDown size={18} />
              </ActionIcon>
              <ActionIcon
                variant="subtle"
                color="red"
                size={44}
                aria-label={t('quick.takeOff', { name })}
                onClick={() => onChange((now) => withoutKey(now, key.variant))}
              >
                <IconTrash size={18} />
              </ActionIcon>
            </span>
          </li>
        )
      })}
    </ol>
  )
}

function Colour({
  of: { variant, colour },
  name,
  onChange,
}: {
  of: QuickKey
  name: string
  onChange: (change: (now: BoardDraft) => BoardDraft) => void
}) {
  const t = useT()
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <button type="button" className={classes.colour} data-colour={colour} aria-label={t('quick.colour', { name })} />
      </Menu.Target>
      <Menu.Dropdown>
        {quickColours.map((one) => (
          <Menu.Item
            key={one}
            leftSection={<span className={classes.colour} data-colour={one} />}
            onClick={() => onChange((now) => changeKey(now, variant, { colour: one }))}
          >
            {t(`quick.colour.${one}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
