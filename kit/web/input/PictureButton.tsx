import { Button, Text, type ButtonProps } from '@mantine/core'
import { IconPhotoPlus } from '@tabler/icons-react'
import { useRef, useState, type ReactNode } from 'react'
import { ImageProblem, PICTURE_MEGABYTES, pictureTypes } from '../../picture.ts'
import { foundText } from '../base/problem.ts'
import { useT } from '../base/words.tsx'

export interface PictureButtonProps extends ButtonProps {
  /** Of the input itself, for those who don't see the button. */
  readonly label: string
  /** Asks a telephone for its camera. */
  readonly camera?: boolean
  readonly megabytes?: number
  readonly onPick: (file: File) => void
  readonly children: ReactNode
}

/** Lets somebody choose a picture; the same one may be chosen again. What is none is told here, before it is sent anywhere. */
export function PictureButton({
  label,
  camera = false,
  megabytes = PICTURE_MEGABYTES,
  onPick,
  children,
  ...button
}: PictureButtonProps) {
  const t = useT()
  const input = useRef<HTMLInputElement>(null)
  const [fault, setFault] = useState<string | null>(null)
  const pick = async (file: File) => {
    const isTooBig = file.size > megabytes * 1024 * 1024
    if (!isTooBig && (await isPicture(file))) {
      setFault(null)
      return onPick(file)
    }
    setFault(foundText(t, isTooBig ? ImageProblem.tooBig({ limit: `${megabytes} MB` }) : ImageProblem.notAnImage()))
  }
  return (
    <>
      <input
        ref={input}
        type="file"
        accept={pictureTypes.join(',')}
        {...(camera && { capture: 'environment' as const })}
        hidden
        aria-label={label}
        onChange={(event) => {
          const file = event.currentTarget.files?.[0]
          event.currentTarget.value = ''
          if (file) void pick(file)
        }}
      />
      <Button
        variant="default"
        leftSection={<IconPhotoPlus size={button.size === 'compact-sm' ? 16 : 17} />}
        {...button}
        onClick={() => input.current?.click()}
      >
        {children}
      </Button>
      {fault && (
        <Text size="sm" c="var(--mantine-color-error)" role="alert">
          {fault}
        </Text>
      )}
    </>
  )
}

async function isPicture(file: File): Promise<boolean> {
  if (!pictureTypes.includes(file.type)) return false
  const drawn = await createImageBitmap(file).catch(() => null)
  drawn?.close()
  return drawn !== null
}
