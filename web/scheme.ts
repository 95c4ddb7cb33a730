import { localStorageColorSchemeManager } from '@mantine/core'

/** Light, dark or as the device says; read by `public/start.js` as well, before the first paint. */
export const schemeManager = localStorageColorSchemeManager({ key: 'duka.scheme' })
