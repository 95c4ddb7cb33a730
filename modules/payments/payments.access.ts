import { access } from '#kit/access.ts'

export const paymentsAccess = access(
  'payments',
  {
    'payments.method.read': 'See the ways to pay',
    'payments.method.edit': 'Add and change the ways to pay',
  },
  {
    manager: ['payments.method.read', 'payments.method.edit'],
    cashier: ['payments.method.read'],
    accountant: ['payments.method.read', 'payments.method.edit'],
  },
  { companyWide: ['payments.method.edit'] },
)
