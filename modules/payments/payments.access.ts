import { access } from '#kit/access.ts'

export const paymentsAccess = access(
  'payments',
  {
    'payments.method.read': 'See the ways to pay',
    'payments.method.export': 'Export the ways to pay to a file',
    'payments.method.edit': 'Add and change the ways to pay',
  },
  {
    manager: ['payments.method.read', 'payments.method.edit', 'payments.method.export'],
    cashier: ['payments.method.read'],
    accountant: ['payments.method.read', 'payments.method.edit', 'payments.method.export'],
    vanSalesman: ['payments.method.read'],
    callAgent: ['payments.method.read'],
    callManager: ['payments.method.read'],
    deliveryManager: ['payments.method.read'],
  },
  { companyWide: ['payments.method.edit'] },
)
