const browsers: readonly (readonly [RegExp, string])[] = [
  [/Edg\w{0,8}\//, 'Edge'],
  [/OPR\/|Opera/, 'Opera'],
  [/SamsungBrowser\//, 'Samsung Internet'],
  [/Firefox\/|FxiOS\//, 'Firefox'],
  [/Chrome\/|CriOS\/|Chromium\//, 'Chrome'],
  [/Safari\//, 'Safari'],
]
const systems: readonly (readonly [RegExp, string])[] = [
  [/iPad/, 'iPad'],
  [/iPhone/, 'iPhone'],
  [/Android/, 'Android'],
  [/Windows/, 'Windows'],
  [/CrOS/, 'ChromeOS'],
  [/Macintosh|Mac OS X/, 'Mac'],
  [/Linux/, 'Linux'],
]

const named = (known: readonly (readonly [RegExp, string])[], text: string) => known.find(([pattern]) => pattern.test(text))?.[1]

/**
 * What a person calls a device, from the way its browser introduces itself: "Firefox · Windows". Other programs are
 * called by their first word; null when nothing is known.
 */
export function deviceName(userAgent: string | null | undefined): string | null {
  if (!userAgent) return null
  const parts = [named(browsers, userAgent), named(systems, userAgent)].filter((one) => one !== undefined)
  return parts.length > 0 ? parts.join(' · ') : (userAgent.split(/[/\s]/)[0] ?? null)
}

export const isHandheld = (userAgent: string | null | undefined): boolean => /iPhone|Android|Mobile/.test(userAgent ?? '')
