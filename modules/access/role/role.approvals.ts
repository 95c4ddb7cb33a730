import { approvalKind } from '#kit/approval.ts'

/** Owners are changed by two of them. */
export const ownerChange = approvalKind('access.ownerChange', { permission: 'access.user.edit', byOwner: true, when: 'always' })
export const roleChange = approvalKind('access.roleChange', { permission: 'access.user.edit', when: 'whenOn' })
export const roleLines = approvalKind('access.roleLines', { permission: 'access.role.edit', when: 'whenOn' })
