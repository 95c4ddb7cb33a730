import { TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useT } from '#kit/web/words.tsx'
import classes from './stock.module.css'

/** The search box of a list of goods; what is typed settles before it is asked. */
export function Finder({ value, onChange }: { value: string; onChange: (q: string) => void }) {
  const t = useT()
  const [typed, setTyped] = useState(value)
  const [settled] = useDebouncedValue(typed.trim(), 200)
  useEffect(() => {
    if (settled !== value) onChange(settled)
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- only what is typed moves the address
  }, [settled])
  return (
    <TextInput
      className={classes.search ?? ''}
      aria-label={t('stock.search')}
      placeholder={t('stock.search')}
      leftSection={<IconSearch size={17} />}
      value={typed}
      onChange={(event) => setTyped(event.currentTarget.value)}
    />
  )
}
