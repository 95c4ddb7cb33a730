import {
  IconBasket,
  IconBook2,
  IconBread,
  IconBuildingStore,
  IconBuildingWarehouse,
  IconCoins,
  IconHeadset,
  IconTruckDelivery,
  IconUsers,
} from '@tabler/icons-react'
import type { Area, ShippedRole } from '#kit/program.ts'
import type { PageIcon } from '#kit/web/base/page.ts'

interface AreaFacts {
  readonly name: Area
  readonly icon: PageIcon
  /** Whose day begins here; everybody else begins in the first area that they have. */
  readonly begins: readonly ShippedRole[]
}

const areaNames = ['counter', 'orders', 'warehouse', 'deliveries', 'bakery', 'customers', 'calls', 'money', 'company'] as const

/** The parts of a business, in the order of the switcher. Pages say in which they stand. */
export const areas: readonly AreaFacts[] = [
  { name: 'counter', icon: IconBuildingStore, begins: ['cashier'] },
  { name: 'orders', icon: IconBasket, begins: ['packer', 'seller'] },
  { name: 'warehouse', icon: IconBuildingWarehouse, begins: ['stockKeeper', 'buyer', 'packer', 'guard'] },
  { name: 'deliveries', icon: IconTruckDelivery, begins: ['deliveryManager', 'rider', 'dispatcher', 'vanSalesman'] },
  { name: 'bakery', icon: IconBread, begins: ['productionManager'] },
  { name: 'customers', icon: IconUsers, begins: ['salesRep', 'marketer'] },
  { name: 'calls', icon: IconHeadset, begins: ['callAgent', 'callManager'] },
  { name: 'money', icon: IconCoins, begins: ['accountant'] },
  { name: 'company', icon: IconBook2, begins: ['owner', 'administrator', 'manager', 'auditor', 'viewer'] },
]

/** The headings of the page of settings; what only those need who run the machine stands last, folded. */
export const settingsGroups = ['business', 'selling', 'goods', 'people', 'messages', 'advanced'] as const

declare module '#kit/program.ts' {
  interface Program {
    area: (typeof areaNames)[number]
    settings: (typeof settingsGroups)[number]
  }
}
