import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { writableFields } from '../../entity.ts'
import { newId } from '../../id.ts'
import { DocumentForm } from '../document/DocumentForm.tsx'
import { asDocument, namingField } from '../document/generated.ts'
import { usePage } from '../base/page.ts'
import { T } from '../base/words.tsx'

const WIDTHS: Readonly<Record<string, number>> = { text: 220, ref: 220, longText: 260 }

/** A document as it is written, by what is declared of its head and of its lines. */
export default function Generated() {
  const of = asDocument(usePage().entity)
  const fields = writableFields(of.lines)
  const naming = namingField(of)
  return (
    <DocumentForm
      of={of}
      head={writableFields(of).map(([name]) => name)}
      columns={fields.map(([name, { kind }]) => ({ name, width: WIDTHS[kind] ?? 120 }))}
      name={(line) => String(line[naming] ?? '')}
      finder={(add) => (
        <Button
          variant="default"
          leftSection={<IconPlus size={16} />}
          onClick={() =>
            add([{ key: newId(), ...Object.fromEntries(fields.map(([name, { initial }]) => [name, initial ?? null])) }])
          }
        >
          <T k="lines.add" />
        </Button>
      )}
      sums={() => []}
    />
  )
}
