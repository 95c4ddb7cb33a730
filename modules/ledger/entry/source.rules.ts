interface Source {
  readonly path: string
  /** Who may open it. */
  readonly can: string
}

const sources: Readonly<Record<string, Source>> = {
  'pos.sale': { path: '/pos/sales', can: 'pos.sale.read' },
  'pos.shift': { path: '/pos/shifts', can: 'pos.shift.read' },
  'pos.cash': { path: '/pos/shifts', can: 'pos.shift.read' },
}
const stock: Source = { path: '/inventory/documents', can: 'inventory.stock.read' }

/** Where the document that an entry was posted for is shown; a manual entry has none. */
export const sourceOf = (documentKind: string): Source | undefined =>
  sources[documentKind] ?? (documentKind.startsWith('inventory.') ? stock : undefined)
