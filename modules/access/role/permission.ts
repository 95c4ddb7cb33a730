import type { Translate } from '#kit/words.ts'

interface Permission {
  readonly area: string
  readonly name: string
  readonly sentence: string
}

/** What a permission allows: in the person's language, else the sentence that its module declares. */
export const permissionText = (t: Translate, { name, sentence }: Permission): string =>
  t.has(`permission.${name}`) ? t(`permission.${name}`) : sentence

/** Permissions under the module that declares them, in the order of their declaration. */
export const byArea = <P extends Permission>(permissions: readonly P[]): [string, P[]][] => [
  ...Map.groupBy(permissions, (one) => one.area),
]
