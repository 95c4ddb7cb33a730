import { PasswordInput, Progress, type PasswordInputProps } from '@mantine/core'
import { useT } from './words.tsx'

const LEAST = 10

/** How hard a password is to guess, 0 to 4: length counts, with a little for variety. The server judges. */
export function strengthOf(password: string): number {
  const size = [...password].length
  if (size === 0) return 0
  const variety = new Set(password.toLowerCase()).size
  if (size < LEAST || variety < 5) return 1
  const score = size + Math.min(variety, 12) / 2
  return score < 17 ? 2 : score < 22 ? 3 : 4
}

/** A new password with its strength shown while it is typed. */
export function NewPassword({
  value,
  onChange,
  ...rest
}: Omit<PasswordInputProps, 'onChange' | 'value'> & { value: string; onChange: (value: string) => void }) {
  const t = useT()
  const strength = strengthOf(value)
  const color = ['gray', 'red', 'yellow', 'lagoon', 'lagoon'][strength]!
  return (
    <div>
      <PasswordInput
        autoComplete="new-password"
        description={t('password.hint', { n: LEAST })}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        visibilityToggleButtonProps={{ 'aria-label': t('password.show') }}
        withAsterisk={false}
        {...rest}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      {value !== '' && (
        <div role="status" style={{ marginTop: 8 }}>
          <Progress value={strength * 25} color={color} size={4} aria-hidden />
          <span style={{ fontSize: 12.5, color: 'var(--duka-muted)' }}>{t(`password.strength.${strength}`)}</span>
        </div>
      )}
    </div>
  )
}
