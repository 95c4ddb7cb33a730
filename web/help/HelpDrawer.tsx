import { CloseButton } from '@mantine/core'
import { useLocation } from '@tanstack/react-router'
import { useFocusBack } from '#kit/web/base/useFocusBack.ts'
import { useT } from '#kit/web/base/words.tsx'
import { Guides } from './Guides.tsx'
import classes from './help.module.css'

/** Guides beside what one is doing, which goes on meanwhile: no window, so it takes neither the keys nor what a scanner types. */
export function HelpDrawer({ onClose }: { onClose: () => void }) {
  const t = useT()
  const { pathname } = useLocation()
  useFocusBack()
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- whoever is inside leaves by Escape
    <aside
      className={classes.drawer}
      aria-label={t('page.help')}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose()
      }}
    >
      <header>
        <h2>{t('page.help')}</h2>
        <CloseButton size="lg" aria-label={t('common.close')} onClick={onClose} />
      </header>
      <Guides at={pathname} />
    </aside>
  )
}
