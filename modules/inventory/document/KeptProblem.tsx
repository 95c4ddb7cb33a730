import { Button } from '@mantine/core'
import { ProblemNote } from '#kit/web/look/parts.tsx'
import { isProblem } from '#kit/web/base/request.ts'
import { T } from '#kit/web/base/words.tsx'

/** Why a draft was not kept; where somebody else has changed it, the way to what they wrote. */
export function KeptProblem({ of, onTheirs }: { of: unknown; onTheirs: (() => void) | undefined }) {
  const isTheirs = isProblem(of, 'kit.changedMeanwhile') && onTheirs !== undefined
  return (
    <>
      <ProblemNote of={of} />
      {isTheirs && (
        <Button
          variant="default"
          style={{ justifySelf: 'start' }}
          mb="md"
          onClick={() => {
            onTheirs()
            location.reload()
          }}
        >
          <T k="goods.openTheirs" />
        </Button>
      )}
    </>
  )
}
