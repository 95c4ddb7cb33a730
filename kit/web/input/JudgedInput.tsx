import { TextInput, type TextInputProps } from '@mantine/core'
import { useState } from 'react'

export interface JudgedInputProps extends Omit<TextInputProps, 'value' | 'onChange'> {
  readonly value: string
  readonly onChange: (text: string) => void
  /** What is wrong with what stands in the field, as a sentence. */
  readonly fault: string | undefined
}

/** A text that can be judged before it is sent: what is wrong is told when the field is left, not at every key. */
export function JudgedInput({ value, onChange, fault, error, ...rest }: JudgedInputProps) {
  const [isTyping, setTyping] = useState(false)
  return (
    <TextInput
      {...rest}
      error={error ?? (isTyping ? undefined : fault)}
      value={value}
      onChange={(event) => {
        setTyping(true)
        onChange(event.currentTarget.value)
      }}
      onBlur={() => setTyping(false)}
    />
  )
}
