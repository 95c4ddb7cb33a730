import { IconTag } from '@tabler/icons-react'
import { LinkButton } from '#kit/web/look/LinkButton.tsx'
import { T } from '#kit/web/base/words.tsx'
import { labelsOf, type Labelled } from './label.rules.ts'

/** Leads to the labels of these articles. */
export function LabelsButton({ of }: { of: readonly Labelled[] }) {
  if (of.length === 0) return null
  return (
    <LinkButton {...labelsOf(of)} variant="default" leftSection={<IconTag size={16} />}>
      <T k="label.print" />
    </LinkButton>
  )
}
