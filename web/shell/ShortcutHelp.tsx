import { Kbd } from '@mantine/core'
import { Window } from '#kit/web/look/Window.tsx'
import { T, useT } from '#kit/web/base/words.tsx'
import { shortcuts } from './shortcuts.ts'
import classes from './shell.module.css'

export function ShortcutHelp({ onClose }: { onClose: () => void }) {
  const t = useT()
  const mod = /Mac|iPhone|iPad/.test(navigator.platform) ? '⌘' : 'Ctrl'
  return (
    <Window onClose={onClose} title={t('shortcut.help')} size="sm">
      <dl className={classes.shortcuts}>
        {shortcuts.map((one) => (
          <div key={one.words}>
            <dt>
              <T k={one.words} />
            </dt>
            <dd dir="ltr">
              {one.keys.map((key) => (
                <Kbd key={key} size="xs">
                  {key === 'mod' ? mod : key}
                </Kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </Window>
  )
}
