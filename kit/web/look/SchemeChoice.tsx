import { SegmentedControl, useMantineColorScheme } from '@mantine/core'
import { IconDeviceDesktop, IconMoon, IconSun } from '@tabler/icons-react'
import { useT } from '../base/words.tsx'
import classes from './scheme.module.css'

const schemes = [
  { value: 'auto', icon: IconDeviceDesktop },
  { value: 'light', icon: IconSun },
  { value: 'dark', icon: IconMoon },
] as const

/** Light, dark, or as the device says. */
export function SchemeChoice({ compact = false }: { compact?: boolean }) {
  const t = useT()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  return (
    <SegmentedControl
      fullWidth={compact}
      size={compact ? 'xs' : 'sm'}
      aria-label={t('scheme.title')}
      value={colorScheme}
      onChange={(value) => setColorScheme(value as 'auto')}
      data={schemes.map(({ value, icon: Icon }) => ({
        value,
        label: (
          <span className={classes.scheme} title={t(`scheme.${value}`)}>
            <Icon
              size={16}
              stroke={1.7}
              {...(compact ? { role: 'img', 'aria-label': t(`scheme.${value}`) } : { 'aria-hidden': true })}
            />
            {!compact && t(`scheme.${value}`)}
          </span>
        ),
      }))}
    />
  )
}
