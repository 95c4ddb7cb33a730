import { Problem } from '#kit/web/look/parts.tsx'

/** The server did not answer when the program started, and nobody was here before. */
export const StartFailed = ({ error, retry }: { error: unknown; retry: () => void }) => (
  <main>
    <Problem of={error} retry={retry} />
  </main>
)
