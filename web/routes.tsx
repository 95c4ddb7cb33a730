import {
  IconActivity,
  IconAddressBook,
  IconApi,
  IconArchive,
  IconArrowsExchange,
  IconCalendarDue,
  IconClipboardList,
  IconStack2,
  IconTruckDelivery,
  IconBarcode,
  IconBuilding,
  IconBuildingStore,
  IconBuildingWarehouse,
  IconCalendarCheck,
  IconCash,
  IconCashRegister,
  IconCategory,
  IconCertificate,
  IconChartBar,
  IconClockHour4,
  IconFileInvoice,
  IconHash,
  IconInbox,
  IconKey,
  IconMail,
  IconMailCog,
  IconPackage,
  IconPercentage,
  IconReceipt,
  IconRefreshAlert,
  IconRuler2,
  IconScale,
  IconShieldCheck,
  IconShieldLock,
  IconShieldSearch,
  IconTags,
  IconUserQuestion,
  IconUserShield,
  IconUsers,
  IconUsersGroup,
  IconWallet,
} from '@tabler/icons-react'
import { entityPages, page, type PageDeclaration } from '#kit/web/page.ts'
import { activity } from '#modules/access/activity/activity.ts'
import { registration } from '#modules/access/registration/registration.ts'
import { team } from '#modules/access/team/team.ts'
import { user } from '#modules/access/user/user.ts'
import { category } from '#modules/catalog/category/category.ts'
import { price, priceList } from '#modules/catalog/price/price.ts'
import { product, variant } from '#modules/catalog/product/product.ts'
import { taxClass, taxRate } from '#modules/catalog/tax/tax.ts'
import { conversion, unit } from '#modules/catalog/unit/unit.ts'
import { stockDocument } from '#modules/inventory/document/document.ts'
import { location } from '#modules/inventory/location/location.ts'
import { lot } from '#modules/inventory/lot/lot.ts'
import { reorder } from '#modules/inventory/reorder/reorder.ts'
import { account } from '#modules/ledger/account/account.ts'
import { entry } from '#modules/ledger/entry/entry.ts'
import { outgoing } from '#modules/comms/message/message.ts'
import { party } from '#modules/parties/party/party.ts'
import { method } from '#modules/payments/method/method.ts'
import { place } from '#modules/places/place/place.ts'
import { sale } from '#modules/pos/sale/sale.ts'
import { shift } from '#modules/pos/shift/shift.ts'
import { till } from '#modules/pos/till/till.ts'

/** The site map: one line a page. Order is the order of the menu. An entity without a page of its own gets the generated ones. */
export const pages: readonly PageDeclaration[] = [
  page('/', () => import('./home.page.tsx'), { title: 'page.home', can: 'signedIn' }),
  page('/sign-in', () => import('#modules/access/sign-in.page.tsx'), { title: 'page.signIn', can: 'public', bare: true }),
  page('/sign-in/return', () => import('#modules/access/provider/return.page.tsx'), {
    title: 'page.signIn',
    can: 'public',
    bare: true,
  }),
  page('/register', () => import('#modules/access/register.page.tsx'), { title: 'register.title', can: 'public', bare: true }),
  page('/reset', () => import('#modules/access/reset.page.tsx'), { title: 'reset.title', can: 'public', bare: true }),
  page('/reset/:token', () => import('#modules/access/reset-link.page.tsx'), { title: 'reset.title', can: 'public', bare: true }),
  page('/setup', () => import('#modules/access/setup.page.tsx'), { title: 'page.setup', can: 'public', bare: true }),
  page('/invitation/:token', () => import('#modules/access/invitation.page.tsx'), {
    title: 'page.invitation',
    can: 'public',
    bare: true,
  }),
  page('/import/:kind', () => import('#kit/web/pages/import.page.tsx'), { title: 'page.import', can: 'signedIn' }),
  page('/connect', () => import('#modules/access/machine/connect.page.tsx'), {
    title: 'page.connect',
    can: 'signedIn',
    bare: true,
  }),
  page('/profile', () => import('#modules/access/profile.page.tsx'), { title: 'page.profile', can: 'signedIn' }),

  page('/pos/sell', () => import('#modules/pos/till/sell.page.tsx'), {
    title: 'page.sell',
    can: 'pos.sale.complete',
    menu: 'sell',
    icon: IconCashRegister,
    bar: true,
    bare: true,
  }),
  page('/pos/shifts/:id/close', () => import('#modules/pos/shift/close.page.tsx'), {
    title: 'till.close',
    can: 'pos.shift.open',
  }),
  entityPages(sale, { menu: 'sell', icon: IconReceipt, bar: true, detail: () => import('#modules/pos/sale/sale.page.tsx') }),
  entityPages(shift, { menu: 'sell', icon: IconClockHour4, detail: () => import('#modules/pos/shift/shift.page.tsx') }),

  page('/inventory/stock', () => import('#modules/inventory/stock/stock.page.tsx'), {
    title: 'page.stock',
    can: 'inventory.stock.read',
    menu: 'stock',
    icon: IconStack2,
  }),
  page('/inventory/stock/:variant', () => import('#modules/inventory/stock/variant.page.tsx'), {
    title: 'page.stock',
    can: 'inventory.stock.read',
  }),
  page('/inventory/moves', () => import('#modules/inventory/stock/moves.page.tsx'), {
    title: 'stock.moves',
    can: 'inventory.stock.read',
    menu: 'stock',
    icon: IconArrowsExchange,
  }),
  entityPages(lot, {
    menu: 'stock',
    icon: IconCalendarDue,
    list: () => import('#modules/inventory/lot/lots.page.tsx'),
    create: null,
    detail: () => import('#modules/inventory/lot/lot.page.tsx'),
  }),
  page('/inventory/receive', () => import('#modules/inventory/document/receive.page.tsx'), {
    title: 'goods.receipt',
    can: 'inventory.stock.receive',
    menu: 'stock',
    icon: IconTruckDelivery,
  }),
  page('/inventory/count', () => import('#modules/inventory/document/count.page.tsx'), {
    title: 'goods.count',
    can: 'inventory.stock.adjust',
  }),
  page('/inventory/adjust', () => import('#modules/inventory/document/adjust.page.tsx'), {
    title: 'goods.adjustment',
    can: 'inventory.stock.adjust',
  }),
  page('/inventory/transfer', () => import('#modules/inventory/document/transfer.page.tsx'), {
    title: 'goods.transfer',
    can: 'inventory.stock.adjust',
  }),
  entityPages(stockDocument, {
    menu: 'stock',
    icon: IconClipboardList,
    detail: () => import('#modules/inventory/document/document.page.tsx'),
  }),
  entityPages(reorder, { menu: 'stock', icon: IconRefreshAlert }),
  entityPages(location, { menu: 'stock', icon: IconBuildingWarehouse }),

  entityPages(product, {
    menu: 'catalogue',
    icon: IconPackage,
    bar: true,
    create: () => import('#modules/catalog/product/new.page.tsx'),
    detail: () => import('#modules/catalog/product/product.page.tsx'),
  }),
  entityPages(variant, {
    menu: 'catalogue',
    icon: IconBarcode,
    create: null,
    detail: () => import('#modules/catalog/product/variant.page.tsx'),
  }),
  entityPages(category, { menu: 'catalogue', icon: IconCategory }),
  entityPages(priceList, { menu: 'catalogue', icon: IconTags, detail: () => import('#modules/catalog/price/list.page.tsx') }),
  entityPages(price, { form: () => import('#modules/catalog/price/price-form.page.tsx') }),
  entityPages(conversion),

  entityPages(party, {
    menu: 'people',
    icon: IconAddressBook,
    bar: true,
    detail: () => import('#modules/parties/party/party.page.tsx'),
    form: () => import('#modules/parties/party/party-form.page.tsx'),
  }),
  entityPages(user, {
    menu: 'people',
    icon: IconUserShield,
    create: null,
    list: () => import('#modules/access/user/users.page.tsx'),
    detail: () => import('#modules/access/user/user.page.tsx'),
  }),
  entityPages(registration, {
    list: () => import('#modules/access/registration/registrations.page.tsx'),
    detail: () => import('#modules/access/registration/registration.page.tsx'),
  }),
  page('/users/invite', () => import('#modules/access/invitation/invite.page.tsx'), {
    title: 'page.invite',
    can: 'access.user.edit',
  }),
  page('/roles', () => import('#modules/access/role/roles.page.tsx'), {
    title: 'page.roles',
    can: 'access.user.read',
    menu: 'people',
    icon: IconKey,
  }),
  page('/roles/compare', () => import('#modules/access/role/compare.page.tsx'), {
    title: 'page.compareRoles',
    can: 'access.user.read',
  }),
  page('/roles/$id', () => import('#modules/access/role/role.page.tsx'), { title: 'page.roles', can: 'access.user.read' }),
  page('/why', () => import('#modules/access/why/why.page.tsx'), {
    title: 'page.why',
    can: 'access.user.read',
    menu: 'people',
    icon: IconUserQuestion,
  }),
  page('/approvals', () => import('#modules/access/approval/approvals.page.tsx'), {
    title: 'page.approvals',
    can: 'signedIn',
    menu: 'people',
    icon: IconInbox,
  }),
  page('/settings/standard', () => import('#modules/access/standard/standard.page.tsx'), {
    title: 'page.standard',
    can: 'access.audit.read',
    menu: 'settings',
    icon: IconShieldCheck,
  }),
  page('/settings/approvals', () => import('#modules/access/approval/settings.page.tsx'), {
    title: 'page.approvalSettings',
    can: 'access.security.edit',
    menu: 'settings',
    icon: IconUsers,
  }),
  entityPages(team, { menu: 'people', icon: IconUsersGroup, detail: () => import('#modules/access/team/team.page.tsx') }),
  page('/audit', () => import('#modules/access/trail/audit.page.tsx'), {
    title: 'page.audit',
    can: 'access.audit.read',
    menu: 'insight',
    icon: IconShieldSearch,
  }),
  entityPages(activity, {
    menu: 'insight',
    icon: IconActivity,
    list: () => import('#modules/access/activity/activities.page.tsx'),
    detail: () => import('#modules/access/activity/activity.page.tsx'),
  }),
  page('/audit/:id', () => import('#modules/access/trail/entry.page.tsx'), { title: 'page.audit', can: 'access.audit.read' }),

  entityPages(account, {
    menu: 'money',
    icon: IconWallet,
    list: () => import('#modules/ledger/account/chart.page.tsx'),
    detail: () => import('#modules/ledger/account/account.page.tsx'),
  }),
  entityPages(entry, {
    menu: 'money',
    icon: IconFileInvoice,
    list: () => import('#modules/ledger/entry/entries.page.tsx'),
    detail: () => import('#modules/ledger/entry/entry.page.tsx'),
  }),
  page('/entries/new', () => import('#modules/ledger/entry/journal.page.tsx'), {
    title: 'entry.new',
    can: 'ledger.entry.post',
  }),
  page('/trial-balance', () => import('#modules/ledger/entry/trial-balance.page.tsx'), {
    title: 'page.trialBalance',
    can: 'ledger.account.read',
    menu: 'money',
    icon: IconScale,
  }),
  page('/periods', () => import('#modules/ledger/period/periods.page.tsx'), {
    title: 'page.periods',
    can: 'ledger.account.read',
    menu: 'money',
    icon: IconCalendarCheck,
  }),

  page('/board', () => import('#modules/analytics/board/board.page.tsx'), {
    title: 'page.board',
    can: 'analytics.board.read',
    menu: 'insight',
    icon: IconChartBar,
    bar: true,
  }),

  page('/settings/company', () => import('#modules/setup/company/company.page.tsx'), {
    title: 'page.company',
    can: 'setup.company.read',
    menu: 'settings',
    icon: IconBuilding,
  }),
  page('/settings/numbers', () => import('#modules/setup/numbers/numbers.page.tsx'), {
    title: 'page.numbers',
    can: 'setup.company.read',
    menu: 'settings',
    icon: IconHash,
  }),
  page('/settings/security', () => import('#modules/access/security/security.page.tsx'), {
    title: 'page.security',
    can: 'access.security.edit',
    menu: 'settings',
    icon: IconShieldLock,
  }),
  page('/settings/secrets', () => import('#modules/access/secret/secrets.page.tsx'), {
    title: 'page.secrets',
    can: 'access.security.edit',
    menu: 'settings',
    icon: IconKey,
  }),
  page('/settings/keeping', () => import('#modules/access/keeping/keeping.page.tsx'), {
    title: 'page.keeping',
    can: 'access.keeping.edit',
    menu: 'settings',
    icon: IconArchive,
  }),
  page('/api-keys', () => import('#modules/access/machine/api-keys.page.tsx'), {
    title: 'page.apiKeys',
    can: 'access.apiKey.use',
    menu: 'settings',
    icon: IconApi,
  }),
  entityPages(outgoing, {
    menu: 'settings',
    icon: IconMail,
    list: () => import('#modules/comms/message/messages.page.tsx'),
    detail: () => import('#modules/comms/message/message.page.tsx'),
  }),
  page('/settings/templates', () => import('#modules/comms/template/templates.page.tsx'), {
    title: 'page.templates',
    can: 'comms.template.edit',
    menu: 'settings',
    icon: IconMailCog,
  }),
  entityPages(place, { menu: 'settings', icon: IconBuildingStore }),
  entityPages(till, { menu: 'settings', icon: IconCashRegister }),
  entityPages(unit, { menu: 'settings', icon: IconRuler2, detail: () => import('#modules/catalog/unit/unit.page.tsx') }),
  entityPages(taxClass, {
    menu: 'settings',
    icon: IconCertificate,
    detail: () => import('#modules/catalog/tax/tax-class.page.tsx'),
  }),
  entityPages(taxRate, { menu: 'settings', icon: IconPercentage }),
  entityPages(method, {
    menu: 'settings',
    icon: IconCash,
    form: () => import('#modules/payments/method/method-form.page.tsx'),
  }),
].flat()
