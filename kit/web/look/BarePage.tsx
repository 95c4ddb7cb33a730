import type { ReactNode } from 'react'
import { nameOfLanguage } from '../../words.ts'
import { Mark } from './Mark.tsx'
import { chooseLanguage, languages, useLanguage, useT } from '../base/words.tsx'
import classes from './bare.module.css'

/** A page without the shell, for those who are not signed in yet: the mark, one card, and the languages. */
export function BarePage({
  title,
  hint,
  wide,
  children,
}: {
  title: ReactNode
  hint?: ReactNode
  wide?: boolean
  children: ReactNode
}) {
  const t = useT()
  const { language, setLanguage } = useLanguage()
  return (
    <div className={classes.page}>
      <main className={wide ? classes.wide : classes.card}>
        <div className={classes.mark}>
          <Mark size={40} />
        </div>
        <h1 className={classes.title}>{title}</h1>
        {hint && <p className={classes.hint}>{hint}</p>}
        {children}
      </main>
      <nav className={classes.languages} aria-label={t('shell.language')}>
        {languages.map((one) => (
          <button
            key={one}
            type="button"
            lang={one}
            aria-current={one === language ? 'true' : undefined}
            onClick={() => (chooseLanguage(one), void setLanguage(one))}
          >
            {nameOfLanguage(one)}
          </button>
        ))}
      </nav>
    </div>
  )
}
