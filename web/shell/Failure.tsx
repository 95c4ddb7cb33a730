import { useRouter, type ErrorComponentProps } from '@tanstack/react-router'
import { PageBody, Problem } from '#kit/web/look/parts.tsx'

/** What a page shows when it broke: what happened, its reference, and another try. */
export function Failure({ error, reset }: ErrorComponentProps) {
  const router = useRouter()
  const again = () => {
    reset()
    void router.invalidate()
  }
  return (
    <PageBody narrow>
      <Problem of={error} retry={again} />
    </PageBody>
  )
}
