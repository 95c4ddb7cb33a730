/** What other modules show of roles and of what was changed. */
export { dayOf } from './role/DayUntil.tsx'
export { LineControl, LineIcon, lineText } from './role/LineControl.tsx'
export { LineTexts } from './role/LineTexts.tsx'
export { RoleTags } from './role/Roles.tsx'
export { useRoleName, useRoles, type PermissionData, type RoleData } from './role/useRoles.tsx'
export { Changes, Plain } from './history/Changes.tsx'
export { Lives } from './history/Lives.tsx'
