import { Button, type ButtonProps } from '@mantine/core'
import { IconPhotoPlus } from '@tabler/icons-react'
import { useRef, type ReactNode } from 'react'

export interface PictureButtonProps extends ButtonProps {
  /** Of the input itself, for those who don't see the button. */
  readonly label: string
  /** Asks a telephone for its camera. */
  readonly camera?: boolean
  readonly onPick: (file: File) => void
  readonly children: ReactNode
}

/** Lets somebody choose a picture; the same one may be chosen again. */
export function PictureButton({ label, camera = false, onPick, children, ...button }: PictureButtonProps) {
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <input
        ref={input}
        type="file"
        accept="image/*"
        {...(camera && { capture: 'environment' as const })}
        hidden
        aria-label={label}
        onChange={(event) => {
          const file = event.currentTarget.files?.[0]
          event.currentTarget.value = ''
          if (file) onPick(file)
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
    </>
  )
}
