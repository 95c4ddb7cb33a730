import { PasswordInput, Progress, type PasswordInputProps } from '@mantine/core'
import { useEffect, useState } from 'react'
import { isCommon } from '../../password.ts'
import { useSession } from './session.tsx'
import { useT } from '../base/words.tsx'

const LEAST = 10
/** One that is tried first, however long it is; the server refuses it. */
const GUESSED = 'guessed'

let commonest: Promise<ReadonlySet<string>> | undefined
/** The list that the server judges by; it is fetched when somebody begins to type. */
const theCommonest = () =>
  (commonest ??= import('@zxcvbn-ts/language-common').then(
    ({ dictionary }) => new Set(dictionary['passwords-common'] as readonly string[]),
  ))

/** How hard a password is to guess, 0 to 4: length counts, with a little for variety. */
export function strengthOf(password: string): number {
  const size = [...password].length
  if (size === 0) return 0
  const variety = new Set(password.toLowerCase()).size
  if (size < LEAST || variety < 5) return 1
  const score = size + Math.min(variety, 12) / 2
  return score < 17 ? 2 : score < 22 ? 3 : 4
}

/** Is it one of those that the server refuses as too easy? By the same rule and the same list, as far as this page knows. */
function useIsGuessed(password: string, words: readonly string[]): boolean {
  const [list, setList] = useState<ReadonlySet<string> | null>(null)
  const isTyping = password !== ''
  useEffect(() => {
    // Without the list, when the network is away, the server still judges.
    if (isTyping) theCommonest().then(setList, () => undefined)
  }, [isTyping])
  return list !== null && [...password].length >= LEAST && isCommon(password, words, list)
}

/** A new password with its strength shown while it is typed. */
export function NewPassword({
  value,
  onChange,
  words = [],
  ...rest
}: Omit<PasswordInputProps, 'onChange' | 'value'> & {
  value: string
  onChange: (value: string) => void
  /** What goes with whom it is for, where they have not signed in yet: name, address, company. */
  words?: readonly string[]
}) {
  const t = useT()
  const { company, user } = useSession()
  const about = ['duka', company?.name, user?.name, user?.email, ...words].flatMap((one) => (one ?? '').split(/[\s@.]+/))
  const isGuessed = useIsGuessed(value, about)
  const strength = isGuessed ? 1 : strengthOf(value)
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
          <span style={{ fontSize: 'var(--mantine-font-size-xs)', color: 'var(--duka-muted)' }}>
            {t(`password.strength.${isGuessed ? GUESSED : strength}`)}
          </span>
        </div>
      )}
    </div>
  )
}
