/** What moves goods or money: the ledgers name it, and lead from there to the page that shows it. */
export interface DocumentKind {
  /** As the ledgers keep it (`pos.sale`); its words are `state.<name>`. */
  readonly name: string
  /** The page of one is `<path>/<id>`; who may not open it gets no link. */
  readonly path?: string
  readonly can?: string
  /** Where the words of the reasons stand that the program gives by itself; what a person wrote stays as it is. */
  readonly reasons?: string
}

export const declaredDocumentKinds = new Map<string, DocumentKind>()

/** Declares a kind of document, by whoever posts it: `documentKind('pos.sale', { path: '/pos/sales', can: 'pos.sale.read' })`. */
export function documentKind(name: string, facts: Omit<DocumentKind, 'name'> = {}): DocumentKind {
  const kind = { name, ...facts }
  declaredDocumentKinds.set(name, kind)
  return kind
}

/** Where a document is shown, when it has a page. */
export function pageOfDocument(kind: string, id: string): { to: string; can: string } | undefined {
  const { path, can } = declaredDocumentKinds.get(kind) ?? {}
  return path && can ? { to: `${path}/${id}`, can } : undefined
}
