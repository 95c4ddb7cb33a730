import { access } from '#kit/access.ts'

export const ledgerAccess = access(
  'ledger',
  {
    'ledger.account.read': 'See accounts, their entries and the trial balance',
    'ledger.account.export': 'Export accounts and entries to a file',
    'ledger.account.edit': 'Add and change accounts',
    'ledger.entry.post': 'Post a manual entry to the books',
    'ledger.period.close': 'Close and reopen periods',
  },
  {
    manager: ['ledger.account.read'],
    accountant: [
      'ledger.account.read',
      'ledger.account.edit',
      'ledger.entry.post',
      'ledger.period.close',
      'ledger.account.export',
    ],
  },
  { companyWide: ['ledger.account.edit', 'ledger.period.close'] },
)
