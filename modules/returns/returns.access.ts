import { access } from '#kit/access.ts'

export const returnsAccess = access(
  'returns',
  {
    'returns.return.read': 'See what came back',
    'returns.return.export': 'Export returns to a file',
    'returns.return.approve': 'Agree to late returns, large refunds and other ways to pay back',
  },
  {
    manager: ['returns.return.read', 'returns.return.export', 'returns.return.approve'],
    cashier: ['returns.return.read'],
    accountant: ['returns.return.read', 'returns.return.export'],
    vanSalesman: ['returns.return.read@own'],
    viewer: ['returns.return.read'],
    callAgent: ['returns.return.read'],
    callManager: ['returns.return.read'],
  },
)
