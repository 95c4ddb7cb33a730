import { TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useLocation } from '@tanstack/react-router'
import { useState } from 'react'
import { hasWords } from '#kit/fold.ts'
import { isAt } from '#kit/help.ts'
import { usePages } from '#kit/web/base/page.ts'
import { useSession } from '#kit/web/session/session.tsx'
import { Link } from '#kit/web/base/url.tsx'
import { T, useT } from '#kit/web/base/words.tsx'
import { useGuides, type Guide } from './guides.ts'
import classes from './help.module.css'

/** Guides, found by their words; those about a page first, where there is one. Each opens to its steps. */
export function Guides({ at, opened }: { at?: string | undefined; opened?: string | undefined }) {
  const t = useT()
  const guides = useGuides()
  const [text, setText] = useState('')
  if (!guides) return null
  const found = guides.filter((one) => hasWords(`${one.title} ${one.also} ${one.steps.join(' ')}`, text))
  const isHere = (one: Guide) => at !== undefined && text === '' && one.pages.some((page) => isAt(page, at))
  const [here, others] = [found.filter(isHere), found.filter((one) => !isHere(one))]
  const list = (of: readonly Guide[], isOpen: (one: Guide) => boolean) => (
    <div className={classes.guides}>
      {of.map((one) => (
        <Steps key={one.id} of={one} isOpen={isOpen(one)} />
      ))}
    </div>
  )
  return (
    <>
      <TextInput
        type="search"
        mb="md"
        leftSection={<IconSearch size={16} />}
        placeholder={t('help.search')}
        aria-label={t('help.search')}
        data-autofocus
        data-shortcut="search"
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {here.length > 0 && (
        <>
          <h2 className={classes.heading}>
            <T k="help.here" />
          </h2>
          {list(here, (one) => here.length === 1 || one.id === opened)}
          {others.length > 0 && (
            <h2 className={classes.heading}>
              <T k="help.more" />
            </h2>
          )}
        </>
      )}
      {found.length === 0 && (
        <p className={classes.none}>
          <T k="help.nothing" />
        </p>
      )}
      {list(others, (one) => one.id === opened || (text !== '' && found.length === 1))}
    </>
  )
}

function Steps({ of, isOpen }: { of: Guide; isOpen: boolean }) {
  const t = useT()
  const { may } = useSession()
  const pages = usePages()
  const { pathname } = useLocation()
  // Nothing leads to where one is.
  const mayOpen = (to: string) => to !== pathname && pages.some((page) => page.path === to && may(page.can))
  return (
    <details className={classes.guide} open={isOpen}>
      <summary>{of.title}</summary>
      <ol>
        {of.steps.map((step, at) => {
          const to = of.leads[at]
          return (
            <li key={step}>
              {step}
              {to && mayOpen(to) && (
                <Link to={to} className={classes.lead ?? ''}>
                  {t('help.open')}
                </Link>
              )}
            </li>
          )
        })}
      </ol>
    </details>
  )
}
