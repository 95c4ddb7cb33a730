import { IconBuildingStore, IconCash, IconChevronRight, IconPercentage } from '@tabler/icons-react'
import { Panel } from '#kit/web/look/parts.tsx'
import { useSession } from '#kit/web/session/session.tsx'
import { Link } from '#kit/web/base/url.tsx'
import { useT } from '#kit/web/base/words.tsx'
import classes from './elsewhere.module.css'

const tasks = [
  { to: '/catalog/tax-rates', can: 'catalog.product.read', icon: IconPercentage, key: 'taxes' },
  { to: '/payments/methods', can: 'payments.method.read', icon: IconCash, key: 'methods' },
] as const

/** Settings that stand elsewhere because they belong to a place or a list: receipt texts, taxes, ways to pay. */
export function Elsewhere() {
  const t = useT()
  const { may, places } = useSession()
  const receipts = may('places.place.edit') ? places : []
  return (
    <Panel title={t('company.elsewhere')} flush>
      <ul className={classes.list}>
        {receipts.map((place) => (
          <li key={place.id}>
            <Link to={`/places/${place.id}/edit`} className={classes.item ?? ''}>
              <IconBuildingStore size={18} stroke={1.7} aria-hidden />
              <span>
                <span className={classes.name}>
                  <bdi>{place.name}</bdi>
                </span>
                <span className={classes.hint}>{t('company.receiptHint')}</span>
              </span>
              <IconChevronRight size={16} className={classes.arrow ?? ''} aria-hidden />
            </Link>
          </li>
        ))}
        {tasks
          .filter((task) => may(task.can))
          .map(({ to, icon: Icon, key }) => (
            <li key={key}>
              <Link to={to} className={classes.item ?? ''}>
                <Icon size={18} stroke={1.7} aria-hidden />
                <span>
                  <span className={classes.name}>{t(`company.to.${key}`)}</span>
                  <span className={classes.hint}>{t(`company.to.${key}Hint`)}</span>
                </span>
                <IconChevronRight size={16} className={classes.arrow ?? ''} aria-hidden />
              </Link>
            </li>
          ))}
      </ul>
    </Panel>
  )
}
