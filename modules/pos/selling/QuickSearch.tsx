import { TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import { Price } from '#kit/web/entity/values.tsx'
import { useT } from '#kit/web/base/words.tsx'
import { MOST_KEYS } from '../quick/quick.ts'
import type { Catalogue } from './catalogue.rules.ts'
import { withKey, type BoardDraft } from './quick.rules.ts'
import classes from './quick-edit.module.css'

/** Finds articles and puts them on the board: typed, scanned or touched. */
export function QuickSearch({
  board,
  catalogue,
  onChange,
}: {
  board: BoardDraft
  catalogue: Catalogue
  onChange: (change: (now: BoardDraft) => BoardDraft) => void
}) {
  const t = useT()
  const [text, setText] = useState('')
  const isFull = board.keys.length >= MOST_KEYS
  const found = text.trim() === '' ? [] : catalogue.search(text.trim(), 8)
  const add = (variant: string) => {
    onChange((now) => withKey(now, variant))
    setText('')
  }
  return (
    <div>
      <TextInput
        label={t('quick.add')}
        leftSection={<IconSearch size={17} aria-hidden />}
        disabled={isFull}
        description={isFull ? t('quick.full', { n: MOST_KEYS }) : undefined}
        autoComplete="off"
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return
          event.preventDefault()
          const one = catalogue.find(text.trim())?.product ?? found[0]
          if (one) add(one.id)
        }}
      />
      {found.length > 0 && (
        <div className={classes.found}>
          {found.map((product) => (
            <button key={product.id} type="button" onClick={() => add(product.id)}>
              <span dir="auto">{product.name}</span>
              <Price of={product.price} per={product.priceUnit} unit={product.unit} plain />
            </button>
          ))}
        </div>
      )}
    </div>
  )
}
