import { Button } from '@mantine/core'
import { IconCheck, IconId } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import { upload } from '#kit/web/api.ts'
import { useAction } from '#kit/web/command.tsx'
import { ProblemNote } from '#kit/web/parts.tsx'
import { useT } from '#kit/web/words.tsx'
import { idSides } from './registration.ts'
import classes from './registration.module.css'

type Side = (typeof idSides)[number]

/** Both sides of a seller's ID, photographed or chosen. */
export function Identity({ token, onDone }: { token: string; onDone: () => void }) {
  const [sent, setSent] = useState<readonly Side[]>([])
  return (
    <div className={classes.sides}>
      {idSides.map((side) => (
        <SideOfId
          key={side}
          side={side}
          token={token}
          isSent={sent.includes(side)}
          onSent={(isWhole) => (isWhole ? onDone() : setSent((before) => [...before, side]))}
        />
      ))}
    </div>
  )
}

interface SideProps {
  readonly side: Side
  readonly token: string
  readonly isSent: boolean
  readonly onSent: (isWhole: boolean) => void
}

function SideOfId({ side, token, isSent, onSent }: SideProps) {
  const t = useT()
  const input = useRef<HTMLInputElement>(null)
  const send = useAction(
    (file: File, key) => upload<{ waiting: boolean }>('/register/identity', file, { token, side }, { key }),
    {
      quiet: true,
      onDone: ({ waiting }) => onSent(waiting),
    },
  )
  const label = t(`register.identity.${side}`)
  return (
    <div>
      {send.problem && <ProblemNote of={send.problem} />}
      <input
        ref={input}
        type="file"
        accept="image/*"
        capture="environment"
        hidden
        aria-label={label}
        onChange={(event) => {
          const file = event.currentTarget.files?.[0]
          event.currentTarget.value = ''
          if (file) void send.run(file)
        }}
      />
      <Button
        variant={isSent ? 'light' : 'default'}
        fullWidth
        size="md"
        leftSection={isSent ? <IconCheck size={18} /> : <IconId size={18} />}
        loading={send.isRunning}
        onClick={() => input.current?.click()}
      >
        {isSent ? t('register.identitySent', { side: label }) : label}
      </Button>
    </div>
  )
}
