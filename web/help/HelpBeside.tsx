import { lazy, Suspense, useCallback, useState } from 'react'
import { useHelpAsked } from '#kit/web/base/help.ts'
import { useSession } from '#kit/web/session/session.tsx'

// Fetched by whoever asks: a till begins without it.
const HelpDrawer = lazy(async () => ({ default: (await import('./HelpDrawer.tsx')).HelpDrawer }))

/** Help for a page without a frame, beside it: shown and put away by F1, or by a button of the page. */
export function HelpBeside() {
  const { user } = useSession()
  const [isOpen, setOpen] = useState(false)
  useHelpAsked(useCallback(() => setOpen((before) => !before), []))
  if (!isOpen || !user) return null
  return (
    <Suspense>
      <HelpDrawer onClose={() => setOpen(false)} />
    </Suspense>
  )
}
