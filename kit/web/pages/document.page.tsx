import { DocumentPage } from '../document/DocumentPage.tsx'
import { asDocument, namingField, summedFields } from '../document/generated.ts'
import { usePage } from '../base/page.ts'
import { Amount } from '../entity/values.tsx'

/** A document by what is declared of it. */
export default function Generated() {
  const of = asDocument(usePage().entity)
  const naming = namingField(of)
  const columns = Object.keys(of.lines.fields).filter((name) => name !== naming)
  const isRef = of.lines.fields[naming]?.kind === 'ref'
  return (
    <DocumentPage
      of={of}
      reviewed={Object.keys(of.life?.steps ?? {}).filter((verb) => of.life!.steps[verb]!.can !== 'program')}
      lines={{
        columns: isRef ? [naming, ...columns] : columns,
        name: (line) => (isRef ? String(Number(line['position']) + 1) : String(line[naming] ?? '')),
      }}
      sums={({ lines }) =>
        Object.fromEntries(
          summedFields(of).map((name) => [
            name,
            <Amount key={name} of={lines.reduce((all, line) => all + BigInt(String(line[name] ?? 0)), 0n)} plain />,
          ]),
        )
      }
    />
  )
}
