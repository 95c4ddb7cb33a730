/** Roles that come with the program. `owner` holds everything and is never changed; the others can be. */
export const shippedRoles = [
  'owner',
  'administrator',
  'manager',
  'cashier',
  'callAgent',
  'callManager',
  'stockKeeper',
  'packer',
  'deliveryManager',
  'rider',
  'buyer',
  'seller',
  'accountant',
  'salesRep',
  'marketer',
  'productionManager',
  'dispatcher',
  'vanSalesman',
  'guard',
  'auditor',
  'viewer',
] as const

export type ShippedRole = (typeof shippedRoles)[number]

declare module '#kit/program.ts' {
  interface Program {
    // Not by the name above: in here it is that of the kit.
    role: (typeof shippedRoles)[number]
  }
}
