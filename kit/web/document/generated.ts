import type { Document } from '../../document.ts'
import type { Entity } from '../../entity.ts'

/** The document that an entity is. @throws when it has no lines */
export function asDocument(entity: Entity | undefined): Document {
  if (!entity || !('lines' in entity)) throw new Error('the page of a document needs a document')
  return entity as unknown as Document
}

/** What a line is called on generated pages: its first text or reference. */
export function namingField({ lines }: Document): string {
  const names = Object.entries(lines.fields)
  return (names.find(([, { kind }]) => kind === 'text') ?? names.find(([, { kind }]) => kind === 'ref') ?? names[0])![0]
}

/** Fields that add up to something, in order. */
export const summedFields = ({ lines }: Document): string[] =>
  Object.entries(lines.fields).flatMap(([name, { kind, per }]) => (kind === 'money' && !per ? [name] : []))
