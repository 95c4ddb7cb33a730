import { ActionIcon } from '@mantine/core'
import { IconMinus, IconPlus } from '@tabler/icons-react'
import { useState, type ComponentProps } from 'react'
import { QuantityInput } from '#kit/web/input/figures.tsx'
import { useT } from '#kit/web/base/words.tsx'
import type { GoodsDraft } from './useGoods.tsx'

type Facts = Omit<ComponentProps<typeof QuantityInput>, 'leftSection'> & {
  readonly name: string
  readonly reason: GoodsDraft['reason']
}

/** Every other reason takes off the shelf: who writes 2 under “Damaged” means two fewer. */
const ADDS: ReadonlySet<string | null> = new Set([null, 'found', 'correction'])

/**
 * A quantity with its sign on a button: the keys that a telephone shows for numbers have no minus. Whoever has one may type it.
 */
export function SignedQuantity({ name, reason, value, onChange, ...rest }: Facts) {
  const t = useT()
  const [chosen, setChosen] = useState<boolean | null>(null)
  const isNumber = value !== null && value !== undefined && /^-?\d+$/.test(value)
  const isLess = isNumber && value !== '0' ? value.startsWith('-') : (chosen ?? !ADDS.has(reason))
  const signed = (text: string, less: boolean) => (less && text !== '0' ? `-${text.replace('-', '')}` : text.replace('-', ''))
  const turn = () => {
    setChosen(!isLess)
    if (isNumber) onChange(signed(value, !isLess))
  }
  return (
    <QuantityInput
      {...rest}
      leftSection={
        <ActionIcon
          variant="subtle"
          color={isLess ? 'red' : 'gray'}
          aria-label={t('goods.fewer', { name })}
          aria-pressed={isLess}
          onClick={turn}
        >
          {isLess ? <IconMinus size={16} /> : <IconPlus size={16} />}
        </ActionIcon>
      }
      leftSectionPointerEvents="all"
      leftSectionWidth={44}
      value={isNumber ? value.replace('-', '') : value}
      onChange={(next) => onChange(next !== null && /^\d+$/.test(next) ? signed(next, isLess) : next)}
    />
  )
}
