import { Button } from '@mantine/core'
import { IconId } from '@tabler/icons-react'
import { useEffect, useMemo, useState } from 'react'
import { upload } from '#kit/web/base/api.ts'
import { useAction } from '#kit/web/base/command.tsx'
import { ProblemNote } from '#kit/web/look/parts.tsx'
import { PictureButton } from '#kit/web/input/PictureButton.tsx'
import { T, useT } from '#kit/web/base/words.tsx'
import { idSides } from './registration.ts'
import classes from './registration.module.css'

type Side = (typeof idSides)[number]

/** Both sides of a seller's ID: photographed or chosen, looked at, and sent. */
export function Identity({ token, onDone }: { token: string; onDone: () => void }) {
  const [chosen, setChosen] = useState<Partial<Record<Side, File>>>({})
  const send = useAction(
    async (files: Record<Side, File>, key) => {
      for (const side of idSides) await upload('/register/identity', files[side], { token, side }, { key: `${key}-${side}` })
    },
    { quiet: true, onDone },
  )
  const { front, back } = chosen
  return (
    <form
      noValidate
      className={classes.sides}
      onSubmit={(event) => {
        event.preventDefault()
        if (front && back) void send.run({ front, back })
      }}
    >
      {send.problem && <ProblemNote of={send.problem} />}
      {idSides.map((side) => (
        <SideOfId
          key={side}
          side={side}
          file={chosen[side]}
          onFile={(file) => setChosen((before) => ({ ...before, [side]: file }))}
        />
      ))}
      <Button type="submit" fullWidth size="md" loading={send.isRunning} disabled={!front || !back}>
        <T k="register.identitySend" />
      </Button>
    </form>
  )
}

function SideOfId({ side, file, onFile }: { side: Side; file: File | undefined; onFile: (file: File) => void }) {
  const t = useT()
  const shown = useMemo(() => file && URL.createObjectURL(file), [file])
  useEffect(
    () => () => {
      if (shown) URL.revokeObjectURL(shown)
    },
    [shown],
  )
  const label = t(`register.identity.${side}`)
  return (
    <div>
      {shown && <img className={classes.preview} src={shown} alt={label} />}
      <PictureButton label={label} camera fullWidth size={file ? 'sm' : 'md'} leftSection={<IconId size={18} />} onPick={onFile}>
        {file ? t('register.identityOther', { side: label }) : label}
      </PictureButton>
    </div>
  )
}
