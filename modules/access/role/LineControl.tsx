import { Menu, UnstyledButton } from '@mantine/core'
import { IconBan, IconCheck, IconMinus, IconRotate } from '@tabler/icons-react'
import { useState } from 'react'
import { T, useT } from '#kit/web/base/words.tsx'
import type { Translate } from '#kit/words.ts'
import type { LineSetting } from './role.ts'
import type { PermissionData } from './useRoles.tsx'
import classes from './role-line.module.css'

/** How far a role carries a permission, in words: "Where the role is held", "Their own". */
export function lineText(t: Translate, permission: PermissionData | undefined, line: string | undefined): string {
  if (line === undefined || line === 'none') return t('line.none')
  if (line === 'place' && permission?.companyWide) return t('line.company')
  if (line === 'place' && !permission?.atPlace) return t('line.yes')
  return t.of('line', line)
}

export function LineIcon({ line, size = 17 }: { line: string | undefined; size?: number }) {
  if (line === undefined || line === 'none') return <IconMinus size={size} aria-hidden className={classes.lineNo ?? ''} />
  if (line === 'never') return <IconBan size={size} aria-hidden className={classes.lineNever ?? ''} />
  return <IconCheck size={size} aria-hidden className={classes.lineYes ?? ''} />
}

export interface LineControlProps {
  readonly permission: PermissionData
  /** What a person reads before they change it: the permission, and in the table the role. */
  readonly label: string
  readonly line: string | undefined
  /** Does this company say otherwise than the program suggests? */
  readonly isChanged: boolean
  readonly isDraft: boolean
  /** Only the sign, where there is little room. */
  readonly short?: boolean
  readonly onChange: (setting: LineSetting | null) => void
}

/** Chooses how far a role carries a permission. The menu is made when it is opened: a table has a thousand of these. */
export function LineControl({ permission, label, line, isChanged, isDraft, short = false, onChange }: LineControlProps) {
  const t = useT()
  const [isOpen, setOpen] = useState(false)
  const text = lineText(t, permission, line)
  const button = (
    <UnstyledButton
      className={classes.line ?? ''}
      data-short={short || undefined}
      data-draft={isDraft || undefined}
      data-changed={isChanged || undefined}
      aria-label={`${label}: ${text}`}
      aria-haspopup="menu"
      title={short ? text : undefined}
      onClick={() => setOpen(true)}
    >
      {short ? <LineIcon line={line} /> : text}
      {short && line !== undefined && !['place', 'none', 'never'].includes(line) && (
        <span className={classes.lineMark}>{text}</span>
      )}
    </UnstyledButton>
  )
  if (!isOpen) return button
  return (
    <Menu opened onChange={setOpen} position="bottom-end" shadow="md" withinPortal>
      <Menu.Target>{button}</Menu.Target>
      <Menu.Dropdown>
        {[...permission.scopes, 'none' as const, 'never' as const].map((setting) => (
          <Menu.Item
            key={setting}
            leftSection={<LineIcon line={setting} size={15} />}
            aria-current={setting === (line ?? 'none') || undefined}
            onClick={() => onChange(setting)}
          >
            {lineText(t, permission, setting)}
            <span className={classes.lineHint}>{t.has(`lineHint.${setting}`) ? t(`lineHint.${setting}`) : ''}</span>
          </Menu.Item>
        ))}
        {isChanged && (
          <Menu.Item leftSection={<IconRotate size={15} />} onClick={() => onChange(null)}>
            <T k="line.asSuggested" />
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  )
}
