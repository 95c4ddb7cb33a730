import { Button, Skeleton } from '@mantine/core'
import { IconAlertTriangle, IconCloudOff, IconRefresh } from '@tabler/icons-react'
import { useEffect, useRef, useState, type CSSProperties, type ReactNode } from 'react'
import type { PageIcon } from '../base/page.ts'
import { problemText } from '../base/problem.ts'
import { isOffline, isProblem } from '../base/request.ts'
import { useT } from '../base/words.tsx'
import classes from './parts.module.css'

/** The head of a page: what it is, and what can be done on it. */
export function PageHead({
  title,
  badge,
  hint,
  actions,
  children,
}: {
  title: ReactNode
  badge?: ReactNode
  hint?: ReactNode
  actions?: ReactNode
  children?: ReactNode
}) {
  return (
    <header className={classes.head}>
      <div className={classes.titles}>
        <div className={classes.titleLine}>
          <h1 className={classes.title} tabIndex={-1}>
            {title}
          </h1>
          {badge}
        </div>
        {hint && <p className={classes.hint}>{hint}</p>}
      </div>
      {actions && <div className={classes.actions}>{actions}</div>}
      {children}
    </header>
  )
}

/** The frame of a page that scrolls as a whole. `narrow` for forms and text. */
export function PageBody({ narrow, children }: { narrow?: boolean; children: ReactNode }) {
  return <div className={narrow ? classes.narrow : classes.body}>{children}</div>
}

/** A surface with an optional title. */
export function Panel({
  title,
  actions,
  children,
  flush,
}: {
  title?: ReactNode
  actions?: ReactNode
  children: ReactNode
  flush?: boolean
}) {
  return (
    <section className={classes.panel}>
      {(title || actions) && (
        <div className={classes.panelHead}>
          {title && <h2 className={classes.panelTitle}>{title}</h2>}
          {actions}
        </div>
      )}
      <div className={flush ? undefined : classes.panelBody}>{children}</div>
    </section>
  )
}

/** Nothing here yet: says so, and what to do next. */
export function EmptyState({
  icon: Icon,
  title,
  children,
  action,
}: {
  icon?: PageIcon
  title: ReactNode
  children?: ReactNode
  action?: ReactNode
}) {
  return (
    <div className={classes.empty}>
      {Icon && (
        <span className={classes.emptyIcon} aria-hidden>
          <Icon size={24} stroke={1.5} />
        </span>
      )}
      <p className={classes.emptyTitle}>{title}</p>
      {children && <div className={classes.emptyText}>{children}</div>}
      {action && <div className={classes.emptyAction}>{action}</div>}
    </div>
  )
}

/** What went wrong, in words, with a way to try again. Shown in the place of what could not be shown. */
export function Problem({ of: error, retry }: { of: unknown; retry?: () => void }) {
  const t = useT()
  const Icon = isOffline(error) ? IconCloudOff : IconAlertTriangle
  return (
    <div className={classes.empty} role="alert">
      <span className={classes.emptyIcon} data-bad={!isOffline(error) || undefined} aria-hidden>
        <Icon size={24} stroke={1.5} />
      </span>
      <p className={classes.emptyTitle}>{problemText(t, error)}</p>
      {isProblem(error) && error.status >= 500 && error.traceId && (
        <p className={classes.emptyText}>{t('problem.reference', { ref: error.traceId })}</p>
      )}
      {retry && (
        <div className={classes.emptyAction}>
          <Button variant="default" leftSection={<IconRefresh size={16} />} onClick={retry}>
            {t('common.tryAgain')}
          </Button>
        </div>
      )}
    </div>
  )
}

/**
 * A problem above a form or inside a dialog. It is about what stood there when it was refused: as soon as somebody types
 * something else it goes, and comes again when that is refused too.
 */
export function ProblemNote({ of: error }: { of: unknown }) {
  const t = useT()
  const note = useRef<HTMLDivElement>(null)
  const [changed, setChanged] = useState<unknown>(null)
  useEffect(() => {
    // Whoever pressed a button at the end of a long form sees why nothing came of it.
    note.current?.scrollIntoView({ block: 'nearest' })
    const frame = note.current?.closest('form, [role=dialog], main')
    const change = () => setChanged(error)
    frame?.addEventListener('input', change, { once: true })
    return () => frame?.removeEventListener('input', change)
  }, [error])
  if (changed === error) return null
  return (
    <div className={classes.note} role="alert" ref={note}>
      <IconAlertTriangle size={17} aria-hidden />
      <span>{problemText(t, error)}</span>
    </div>
  )
}

/** One figure with its name; `change` says against what it is compared. */
export function Stat({
  label,
  value,
  change,
  tone,
  href,
}: {
  label: ReactNode
  value: ReactNode
  change?: ReactNode
  tone?: 'good' | 'bad'
  href?: ReactNode
}) {
  return (
    <div className={classes.stat}>
      <span className={classes.statLabel}>{label}</span>
      <span className={classes.statValue}>{value}</span>
      {change && (
        <span className={classes.statChange} data-tone={tone}>
          {change}
        </span>
      )}
      {href}
    </div>
  )
}

/** Figures side by side. */
export const Stats = ({ children }: { children: ReactNode }) => <div className={classes.stats}>{children}</div>

/** Names and values in two columns. */
export function Facts({ rows }: { rows: readonly { label: ReactNode; value: ReactNode; wide?: boolean | undefined }[] }) {
  return (
    <dl className={classes.facts}>
      {rows.map((row, index) => (
        <div key={index} className={row.wide ? classes.wideFact : classes.fact}>
          <dt>{row.label}</dt>
          <dd>{row.value}</dd>
        </div>
      ))}
    </dl>
  )
}

interface WideProps {
  label: string
  /** The width below which it scrolls, in pixels. */
  of: number
  /** On a phone each row becomes a card, with `data-label` before each value. */
  stacks?: boolean
  children: ReactNode
}

/** What may be wider than a phone, a table of figures: it is pushed sideways by itself, by finger or arrow keys. `of` px at least. */
export function Wide({ label, of, stacks, children }: WideProps) {
  return (
    <div className={classes.wide} role="region" aria-label={label} tabIndex={0} data-stacks={stacks || undefined}>
      <div style={{ '--of': `${of}px` } as CSSProperties}>{children}</div>
    </div>
  )
}

/** The shape of a page while it loads. */
export function PageSkeleton() {
  return (
    <div className={classes.body} aria-hidden>
      <Skeleton h={26} w={220} mt={4} mb={24} />
      {Array.from({ length: 8 }, (_, index) => (
        <Skeleton key={index} h={18} mb={18} w={`${96 - ((index * 17) % 40)}%`} />
      ))}
    </div>
  )
}
