import { useT } from '#kit/web/base/words.tsx'
import { lineText } from './LineControl.tsx'
import { permissionText } from './permission.ts'
import { useRoles } from './useRoles.tsx'
import classes from './role-line.module.css'

type Lines = Readonly<Record<string, string | null>>

/** What a role said of some permissions and says now, as the trail keeps it: a sentence each. */
export function LineTexts({ before, after }: { before: Lines | null; after: Lines }) {
  const t = useT()
  const { data } = useRoles()
  return (
    <ul className={classes.lineTexts}>
      {Object.entries(after).map(([name, line]) => {
        const permission = data?.permissions.find((one) => one.name === name)
        const text = (of: string | null | undefined) => lineText(t, permission, of ?? undefined)
        return (
          <li key={name}>
            {permission ? permissionText(t, permission) : name}: <del>{text(before?.[name])}</del>{' '}
            <span role="img" aria-label={t('history.became')} /> <ins>{text(line)}</ins>
          </li>
        )
      })}
    </ul>
  )
}
