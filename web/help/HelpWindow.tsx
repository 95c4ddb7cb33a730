import { Group } from '@mantine/core'
import { useLocation } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { LinkButton } from '#kit/web/look/LinkButton.tsx'
import { Window } from '#kit/web/look/Window.tsx'
import { T, useT } from '#kit/web/base/words.tsx'
import { Guides } from './Guides.tsx'

/** Help beside what one is doing: the guides about this page first. */
export function HelpWindow({ onClose }: { onClose: () => void }) {
  const t = useT()
  const { pathname } = useLocation()
  const [at] = useState(pathname)
  // A step that leads on is followed there.
  useEffect(() => {
    if (pathname !== at) onClose()
  }, [pathname, at, onClose])
  return (
    <Window onClose={onClose} title={t('page.help')} size="lg">
      <Guides at={at} />
      <Group justify="flex-end" mt="md">
        <LinkButton to="/help" variant="subtle">
          <T k="help.all" />
        </LinkButton>
      </Group>
    </Window>
  )
}
