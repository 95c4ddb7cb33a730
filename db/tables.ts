// Generated from the migrated database by bin/migrate; never edited.

import type { ColumnType, Generated } from 'kysely'

import type { Minor, Rate } from '#kit/money.ts'

import type { Qty } from '#kit/quantity.ts'

export type Json = ColumnType<unknown, string, string>

export interface AccessApiKey {
  id: string
  holder: string
  name: string
  prefix: string
  tokenHash: string
  permissions: string[]
  addresses: Generated<string[]>
  rate: number
  state: Generated<string>
  expiresAt: Temporal.Instant | null
  usedAt: Temporal.Instant | null
  usedFrom: string | null
  createdAt: Temporal.Instant
}

export interface AccessAppCode {
  codeHash: string
  holder: string
  challenge: string
  redirect: string
  app: string
  methods: string[]
  expiresAt: Temporal.Instant
  permissions: string[] | null
}

export interface AccessApproval {
  id: string
  kinds: string[]
  permissions: string[]
  byOwner: boolean
  place: string | null
  command: string
  contentHash: string
  content: string
  facts: Json
  state: Generated<string>
  askedBy: string
  askedAt: Temporal.Instant
  note: string | null
  decidedBy: string | null
  decidedAt: Temporal.Instant | null
  decisionNote: string | null
  usedAt: Temporal.Instant | null
  expiresAt: Temporal.Instant
}

export interface AccessBackupCode {
  holder: string
  slot: number
  hash: string
  usedAt: Temporal.Instant | null
  usedFrom: string | null
}

export interface AccessBrowser {
  tokenHash: string
  holder: string
  device: string | null
  firstAt: Temporal.Instant
  lastAt: Temporal.Instant
  trustedUntil: Temporal.Instant | null
}

export interface AccessContact {
  id: string
  holder: string
  kind: string
  value: ColumnType<string, Buffer, Buffer>
  codeHash: string
  tries: Generated<number>
  expiresAt: Temporal.Instant
}

export interface AccessFactor {
  id: string
  holder: string
  kind: string
  name: string
  state: Generated<string>
  secret: string | null
  lastStep: bigint | null
  credential: string | null
  publicKey: string | null
  signCount: Generated<bigint>
  transports: Generated<string[]>
  backedUp: Generated<boolean>
  createdAt: Temporal.Instant
  usedAt: Temporal.Instant | null
}

export interface AccessIdentity {
  issuer: string
  subject: string
  holder: string
  createdAt: Temporal.Instant
  usedAt: Temporal.Instant
}

export interface AccessInvitation {
  id: string
  email: ColumnType<string, Buffer, Buffer>
  name: string
  tokenHash: string
  state: Generated<string>
  invitedBy: string | null
  createdAt: Temporal.Instant
  expiresAt: Temporal.Instant
  emailIndex: string | null
}

export interface AccessInvitationRole {
  id: string
  invitation: string
  role: string
  place: string | null
  seller: string | null
  until: Temporal.Instant | null
}

export interface AccessMember {
  id: string
  holder: string
  role: string
  place: string | null
  source: Generated<string>
  seller: string | null
  until: Temporal.Instant | null
}

export interface AccessRefresh {
  id: string
  family: string
  tokenHash: string
  parent: string | null
  createdAt: Temporal.Instant
  expiresAt: Temporal.Instant
  usedAt: Temporal.Instant | null
  revokedAt: Temporal.Instant | null
}

export interface AccessRegistration {
  id: string
  email: ColumnType<string, Buffer, Buffer>
  name: string
  phone: ColumnType<string | null, Buffer | null, Buffer | null>
  locale: string
  passwordHash: string | null
  state: Generated<string>
  codeHash: string | null
  tries: Generated<number>
  codeUntil: Temporal.Instant | null
  reason: string | null
  decidedBy: string | null
  decidedAt: Temporal.Instant | null
  createdAt: Temporal.Instant
  emailIndex: string | null
  kind: Generated<string>
  company: string | null
  country: string | null
  expectedDailyOrders: number | null
  storeName: string | null
  storeLink: string | null
  bankAccount: ColumnType<string | null, Buffer | null, Buffer | null>
  idFront: string | null
  idBack: string | null
  uploadHash: string | null
  seller: string | null
  browserHash: string | null
}

export interface AccessReset {
  id: string
  holder: string
  tokenHash: string
  codeHash: string
  tries: Generated<number>
  createdAt: Temporal.Instant
  expiresAt: Temporal.Instant
  usedAt: Temporal.Instant | null
}

export interface AccessRole {
  id: string
  key: string
  base: string | null
  name: string | null
  note: string | null
  hours: Generated<number>
  idleMinutes: Generated<number>
  lockMinutes: number | null
  secondFactor: Generated<boolean>
  createdAt: Generated<Temporal.Instant>
  version: Generated<number>
  archivedAt: Temporal.Instant | null
  bindDevice: Generated<boolean>
}

export interface AccessRoleLine {
  role: string
  permission: string
  scope: string
}

export interface AccessSession {
  tokenHash: string
  holder: string
  createdAt: Temporal.Instant
  seenAt: Temporal.Instant
  expiresAt: Temporal.Instant
  address: string | null
  device: string | null
  provenAt: Temporal.Instant | null
  methods: Generated<string[]>
  idleMinutes: Generated<number>
  lockMinutes: number | null
  lockedAt: Temporal.Instant | null
  family: string | null
  viewing: string | null
  bound: Generated<boolean>
  deviceKey: Json | null
  deviceProvenAt: Temporal.Instant | null
  permissions: string[] | null
  previousHash: string | null
  previousUntil: Temporal.Instant | null
}

export interface AccessSignIn {
  tokenHash: string
  holder: string | null
  state: string
  proofs: Generated<string[]>
  challenge: string | null
  tries: Generated<number>
  createdAt: Temporal.Instant
  expiresAt: Temporal.Instant
}

export interface AccessSigningKey {
  kid: string
  publicJwk: Json
  privateJwk: string
  createdAt: Temporal.Instant
}

export interface AccessTeam {
  id: string
  name: string
  note: string | null
  createdAt: Generated<Temporal.Instant>
  version: Generated<number>
  archivedAt: Temporal.Instant | null
}

export interface AccessThrottle {
  key: string
  points: Generated<number>
  expire: bigint | null
}

export interface AccessUser {
  id: string
  name: string
  email: ColumnType<string, Buffer, Buffer>
  state: Generated<string>
  passwordHash: string | null
  pinHash: string | null
  locale: Generated<string>
  digits: Generated<string>
  pinFailures: Generated<number>
  pinLockedUntil: Temporal.Instant | null
  lastSeenAt: Temporal.Instant | null
  createdAt: Generated<Temporal.Instant>
  version: Generated<number>
  calendar: Generated<string>
  mustChangePassword: Generated<boolean>
  passwordChangedAt: Temporal.Instant | null
  lastPasswordAt: Temporal.Instant | null
  badgeHash: string | null
  team: string | null
  emailIndex: string | null
  phones: ColumnType<string[], Buffer, Buffer>
  phonesIndex: Generated<string[]>
  codePhone: ColumnType<string | null, Buffer | null, Buffer | null>
  photo: string | null
  photoX: Generated<number>
  photoY: Generated<number>
  erasedAt: Temporal.Instant | null
  formerIndexes: Generated<string[]>
}

export interface AccessUserName {
  id: string
  name: string
}

export interface Activity {
  id: string
  at: Temporal.Instant
  kind: string
  actor: string | null
  actorName: string
  aboutTable: string | null
  about: string | null
  place: string | null
  facts: ColumnType<unknown, string | undefined, string>
  traceId: string
  address: string | null
  device: string | null
}

export interface AnalyticsDayLine {
  businessDay: string
  place: string
  variant: string
  taxCode: string
  taxRate: bigint
  quantity: bigint
  net: bigint
  tax: bigint
  discount: bigint
  cost: bigint
}

export interface AnalyticsDayMethod {
  businessDay: string
  place: string
  method: string
  payments: bigint
  amount: bigint
}

export interface AnalyticsDaySale {
  businessDay: string
  place: string
  cashier: string
  hour: number
  sales: bigint
  net: bigint
  tax: bigint
  total: bigint
  discount: bigint
  cost: bigint
}

export interface AnalyticsReportMailing {
  id: string
  plan: string
  receiver: string
  dueAt: Temporal.Instant
  firstDay: string
  lastDay: string
  at: Temporal.Instant
}

export interface AnalyticsReportPlan {
  id: string
  name: string
  report: string
  period: string
  compare: Generated<string>
  place: string | null
  frequency: string
  weekday: string | null
  hour: number
  attached: Generated<string>
  receivers: string[]
  state: Generated<string>
  createdBy: string
  createdAt: Generated<Temporal.Instant>
  nextAt: Temporal.Instant
  lastAt: Temporal.Instant | null
  lastResult: string | null
  version: Generated<number>
}

export interface AnalyticsSummed {
  isOnly: Generated<boolean>
  lastDay: string
}

export interface Assignment {
  id: string
  aboutTable: string
  about: string
  userId: string
  given: boolean
  isCurrent: Generated<boolean>
  causedBy: string
  at: Generated<Temporal.Instant>
}

export interface AuditChange {
  id: string
  entry: string
  tableName: string
  record: string
  version: number | null
  before: Json | null
  after: Json | null
}

export interface AuditEntry {
  id: string
  at: Generated<Temporal.Instant>
  actorKind: string
  actor: string | null
  actorName: string
  command: string
  input: Json
  reason: string | null
  aboutTable: string | null
  about: string | null
  place: string | null
  traceId: string
  address: string | null
  device: string | null
}

export interface AuditLeaf {
  seal: bigint
  position: number
  entry: string
  hash: Buffer
}

export interface AuditSeal {
  seq: bigint
  at: Temporal.Instant
  entries: number
  root: string
  previous: string
  hash: string
}

export interface AuditTrail {
  id: string
  at: Temporal.Instant
  actorKind: string
  actor: string
  actorName: string
  command: string
  input: Json
  reason: string
  aboutTable: string
  about: string
  place: string
  traceId: string
  address: string
  device: string
}

export interface AuditTrailChange {
  id: string
  entry: string
  tableName: string
  record: string
  version: number
  before: Json
  after: Json
}

export interface CatalogBarcode {
  code: string
  variant: string
  quantity: Generated<Qty>
  key: Generated<string>
}

export interface CatalogCategory {
  id: string
  name: string
  parent: string | null
  position: Generated<number>
  version: Generated<number>
  archivedAt: Temporal.Instant | null
  custom: ColumnType<unknown, string | undefined, string>
  customSaid: Generated<string>
  returnDays: number | null
}

export interface CatalogConversion {
  id: string
  product: string
  unit: string
  factor: Qty
  version: Generated<number>
}

export interface CatalogPrice {
  id: string
  priceList: string
  variant: string
  minQuantity: Generated<Qty>
  price: Minor
  version: Generated<number>
  priceUnit: Generated<string>
}

export interface CatalogPriceList {
  id: string
  name: string
  place: string | null
  customerGroup: string | null
  validFrom: string | null
  validTo: string | null
  priority: Generated<number>
  version: Generated<number>
  archivedAt: Temporal.Instant | null
}

export interface CatalogProduct {
  id: string
  name: string
  handle: string | null
  kind: Generated<string>
  description: string | null
  vendor: string | null
  category: string | null
  taxClass: string | null
  unit: string | null
  tags: Generated<string[]>
  optionNames: Generated<string[]>
  image: string | null
  createdAt: Generated<Temporal.Instant>
  version: Generated<number>
  archivedAt: Temporal.Instant | null
  priceUnit: Generated<string>
  custom: ColumnType<unknown, string | undefined, string>
  customSaid: Generated<string>
  asksPrice: Generated<boolean>
  leastPrice: bigint | null
  mostPrice: bigint | null
}

export interface CatalogTaxClass {
  id: string
  code: string
  name: string
  version: Generated<number>
  archivedAt: Temporal.Instant | null
}

export interface CatalogTaxRate {
  id: string
  taxClass: string
  rate: Rate
  validFrom: string
  version: Generated<number>
}

export interface CatalogUnit {
  id: string
  code: string
  name: string
  decimals: Generated<number>
  version: Generated<number>
  archivedAt: Temporal.Instant | null
}

export interface CatalogVariant {
  id: string
  product: string
  name: string
  sku: string
  optionValues: Generated<string[]>
  position: Generated<number>
  price: Minor
  comparePrice: Minor | null
  cost: Minor | null
  weight: Qty | null
  version: Generated<number>
  archivedAt: Temporal.Instant | null
  priceUnit: Generated<string>
}

export interface CatalogVariantFact {
  id: string
  name: string
  sku: string
  product: string
  cost: Minor
  category: string
  kind: string
  decimals: number
  isArchived: boolean
  priceUnit: string
  unit: string
}

export interface CommsMessage {
  id: string
  template: string
  channel: string
  locale: string
  recipient: ColumnType<string, Buffer, Buffer>
  subject: string
  body: string
  secrets: string | null
  about: string | null
  state: Generated<string>
  attempts: Generated<number>
  error: string | null
  createdAt: Temporal.Instant
  settledAt: Temporal.Instant | null
  recipientIndex: string | null
}

export interface CommsTemplate {
  template: string
  channel: string
  locale: string
  subject: string | null
  body: string
  changedAt: Temporal.Instant
}

export interface CustomField {
  id: string
  of: string
  label: string
  key: string
  kind: string
  choices: Generated<string[]>
  target: string | null
  isRequired: Generated<boolean>
  isListed: Generated<boolean>
  position: Generated<number>
  version: Generated<number>
  archivedAt: Temporal.Instant | null
}

export interface DataKey {
  use: string
  generation: number
  wrapped: string
  master: string
  createdAt: Generated<Temporal.Instant>
  retiredAt: Temporal.Instant | null
  resealedAt: Temporal.Instant | null
}

export interface Event {
  seq: Generated<bigint>
  xid: Generated<string>
  name: string
  place: string | null
  data: Json
  by: string
  at: Temporal.Instant
}

export interface File {
  id: string
  name: string
  type: string
  size: bigint
  sha256: string
  aboutTable: string | null
  about: string | null
  needs: string
  createdAt: Generated<Temporal.Instant>
  createdBy: string | null
  sealedBy: number | null
  attached: Generated<boolean>
}

export interface Follow {
  userId: string
  aboutTable: string
  about: string
  since: Generated<Temporal.Instant>
}

export interface IdempotencyKey {
  key: string
  actor: string | null
  command: string
  inputHash: string
  answer: ColumnType<unknown | null, Buffer | null, Buffer | null>
  at: Temporal.Instant
}

export interface ImportLater {
  id: Generated<bigint>
  run: string
  extra: string
  rowNumber: number
  record: string
  what: ColumnType<string, Buffer, Buffer>
}

export interface ImportMapping {
  kind: string
  headerHash: string
  mapping: Json
  options: ColumnType<unknown, string | undefined, string>
}

export interface ImportRefusal {
  run: string
  rowNumber: number
  field: string | null
  problem: string
  params: ColumnType<Record<string, unknown>, Buffer, Buffer>
  cells: ColumnType<Record<string, string>, Buffer, Buffer>
  id: Generated<bigint>
  isWarning: Generated<boolean>
}

export interface ImportRun {
  id: string
  kind: string
  state: Generated<string>
  name: string
  path: string
  header: ColumnType<string[], Buffer, Buffer>
  samples: ColumnType<string[][], Buffer, Buffer>
  mapping: Json
  options: ColumnType<unknown, string | undefined, string>
  rowsTotal: Generated<number>
  rowsNew: Generated<number>
  rowsChanged: Generated<number>
  rowsSame: Generated<number>
  rowsRefused: Generated<number>
  done: Generated<number>
  failure: string | null
  createdBy: string | null
  createdAt: Generated<Temporal.Instant>
  finishedAt: Temporal.Instant | null
  findings: ColumnType<unknown, string | undefined, string>
  rowsWarned: Generated<number>
  failures: Generated<number>
  movedAt: Generated<Temporal.Instant>
  size: Generated<bigint>
  taken: ColumnType<unknown, string | undefined, string>
}

export interface ImportTrace {
  id: Generated<bigint>
  run: string
  tableName: string
  record: string
  created: boolean
  before: ColumnType<Record<string, unknown> | null, Buffer | null, Buffer | null>
  after: ColumnType<Record<string, unknown> | null, Buffer | null, Buffer | null>
  stays: Generated<boolean>
}

export interface InventoryAtLocation {
  variant: string
  location: string
  owner: string
  free: bigint
  expiresOn: string
}

export interface InventoryBalance {
  id: Generated<string>
  variant: string
  location: string
  lot: string | null
  owner: string | null
  onHand: Generated<Qty>
  reserved: Generated<Qty>
  value: Generated<Minor>
  mayGoBelow: Generated<boolean>
}

export interface InventoryDocument {
  id: string
  number: string | null
  kind: string
  state: Generated<string>
  place: string
  location: string
  toLocation: string | null
  supplier: string | null
  reason: string | null
  note: string | null
  businessDay: string
  value: Generated<Minor>
  createdBy: string | null
  createdAt: Temporal.Instant
  postedAt: Temporal.Instant | null
  version: Generated<number>
  letterhead: string | null
  partner: string | null
  asIssued: Json | null
  reverses: string | null
  origin: string | null
  custom: ColumnType<unknown, string | undefined, string>
  customSaid: Generated<string>
}

export interface InventoryDocumentFact {
  id: string
  number: string
  kind: string
  place: string
}

export interface InventoryDocumentLine {
  id: string
  document: string
  position: number
  variant: string
  lot: string | null
  quantity: Qty | null
  expected: Qty | null
  unitCost: Minor | null
  countedAt: Temporal.Instant | null
  name: string | null
  sku: string | null
  priceUnit: Generated<string>
  unit: string | null
  lotCode: string | null
  expiresOn: string | null
}

export interface InventoryLayer {
  id: string
  balance: string
  at: Temporal.Instant
  remaining: Qty
  value: Minor
}

export interface InventoryLocation {
  id: string
  place: string | null
  kind: string
  code: string
  name: string
  allowsNegative: Generated<boolean>
  version: Generated<number>
  archivedAt: Temporal.Instant | null
  holds: Generated<string>
  custom: ColumnType<unknown, string | undefined, string>
  customSaid: Generated<string>
}

export interface InventoryLocationFact {
  id: string
  place: string
  allowsNegative: boolean
}

export interface InventoryLot {
  id: string
  variant: string
  code: string
  expiresOn: string | null
  version: Generated<number>
}

export interface InventoryLotList {
  id: string
  lot: string
  code: string
  variant: string
  name: string
  sku: string
  location: string
  place: string
  expiresOn: string
  freshness: string
  onHand: Qty
  reserved: Qty
  value: Minor
}

export interface InventoryMove {
  id: string
  at: Temporal.Instant
  businessDay: string
  variant: string
  lot: string | null
  owner: string | null
  fromLocation: string
  toLocation: string
  quantity: Qty
  cost: Minor
  documentKind: string
  document: string
  reason: string | null
  movedBy: string | null
}

export interface InventoryMoveList {
  id: string
  at: Temporal.Instant
  businessDay: string
  variant: string
  name: string
  sku: string
  lot: string
  owner: string
  fromLocation: string
  toLocation: string
  fromPlace: string
  toPlace: string
  quantity: bigint
  came: bigint
  went: bigint
  cost: Minor
  value: bigint
  documentKind: string
  document: string
  reason: string
  movedBy: string
}

export interface InventoryOnHand {
  variant: string
  place: string
  onHand: bigint
  reserved: bigint
  value: bigint
  free: bigint
}

export interface InventoryReorder {
  id: string
  variant: string
  place: string
  level: Qty
  target: Qty | null
  lowSince: Temporal.Instant | null
  version: Generated<number>
}

export interface InventoryReorderLevel {
  variant: string
  place: string
  level: Qty
  target: Qty
}

export interface InventoryReservation {
  id: string
  variant: string
  location: string
  lot: string | null
  owner: string | null
  quantity: Qty
  state: Generated<string>
  documentKind: string
  document: string
  customer: string | null
  note: string | null
  expiresAt: Temporal.Instant | null
  madeAt: Temporal.Instant
}

export interface InventoryStockCount {
  id: string
  number: string
  state: Generated<string>
  location: string
  place: string
  covers: Generated<string>
  category: string | null
  note: string | null
  businessDay: string
  round: Generated<number>
  value: Minor | null
  paper: string | null
  createdBy: string
  createdAt: Generated<Temporal.Instant>
  startedAt: Temporal.Instant | null
  reviewedBy: string | null
  reviewedAt: Temporal.Instant | null
  postedBy: string | null
  postedAt: Temporal.Instant | null
  reason: string | null
  version: Generated<number>
  custom: ColumnType<unknown, string | undefined, string>
  customSaid: Generated<string>
}

export interface InventoryStockCountLine {
  id: string
  document: string
  position: number
  variant: string
  lot: string | null
  name: string
  round: Generated<number>
  nothingAt: Temporal.Instant | null
  counted: Qty | null
  expected: Qty | null
}

export interface InventoryStockCountTally {
  id: string
  stockCount: string
  line: string
  round: number
  countedBy: string
  quantity: Qty | null
  countedAt: Temporal.Instant
}

export interface InventoryStockList {
  id: string
  variant: string
  name: string
  sku: string
  category: string
  place: string
  onHand: bigint
  reserved: bigint
  free: bigint
  level: Qty
  low: boolean
  value: bigint
  seller: string
}

export interface InventoryTransfer {
  id: string
  number: string
  state: Generated<string>
  location: string
  toLocation: string
  fromPlace: string
  place: string
  neededOn: string | null
  note: string | null
  businessDay: string
  value: Generated<Minor>
  createdBy: string
  createdAt: Generated<Temporal.Instant>
  decidedBy: string | null
  decidedAt: Temporal.Instant | null
  dispatchedBy: string | null
  dispatchedAt: Temporal.Instant | null
  closedAt: Temporal.Instant | null
  reason: string | null
  version: Generated<number>
  custom: ColumnType<unknown, string | undefined, string>
  customSaid: Generated<string>
  letterhead: string | null
  asIssued: Json | null
}

export interface InventoryTransferLine {
  id: string
  document: string
  position: number
  variant: string
  name: string
  quantity: Qty
  received: Generated<Qty>
  damaged: Generated<Qty>
  missing: Generated<Qty>
  sku: string | null
}

export interface InventoryTransferReceipt {
  id: string
  transfer: string
  receivedBy: string
  receivedAt: Temporal.Instant
  reason: string | null
}

export interface LedgerAccount {
  id: string
  code: string
  name: string
  kind: string
  part: string | null
  holds: string | null
  place: string | null
  version: Generated<number>
  archivedAt: Temporal.Instant | null
}

export interface LedgerBalance {
  account: string
  businessDay: string
  source: string
  debit: Generated<Minor>
  credit: Generated<Minor>
}

export interface LedgerEntry {
  id: string
  at: Temporal.Instant
  businessDay: string
  place: string | null
  documentKind: string
  document: string
  number: string | null
  memo: string | null
  amount: Minor
  reverses: string | null
  postedBy: string | null
  purpose: Generated<string>
  source: string | null
  aside: Generated<Minor>
  headline: Generated<Minor>
}

export interface LedgerJournal {
  id: string
  number: string | null
  state: Generated<string>
  memo: string | null
  businessDay: string
  place: string | null
  amount: Generated<Minor>
  entry: string | null
  reversal: string | null
  createdBy: string | null
  createdAt: Generated<Temporal.Instant>
  postedBy: string | null
  postedAt: Temporal.Instant | null
  reversedBy: string | null
  reversedAt: Temporal.Instant | null
  reason: string | null
  version: Generated<number>
  custom: ColumnType<unknown, string | undefined, string>
  customSaid: Generated<string>
}

export interface LedgerJournalLine {
  id: string
  document: string
  position: number
  account: string | null
  memo: string | null
  debit: Minor | null
  credit: Minor | null
  party: string | null
}

export interface LedgerLine {
  id: string
  entry: string
  account: string
  amount: Minor
  businessDay: string
  party: string | null
  memo: string | null
}

export interface LedgerLineList {
  id: string
  entry: string
  at: Temporal.Instant
  businessDay: string
  account: string
  party: string
  place: string
  documentKind: string
  number: string
  memo: string
  debit: bigint
  credit: bigint
}

export interface LedgerPeriod {
  id: string
  firstDay: string
  state: Generated<string>
  changedBy: string | null
  changedAt: Temporal.Instant | null
  reason: string | null
  version: Generated<number>
}

export interface LegalHold {
  id: string
  tableName: string
  record: string
  title: string
  reason: string
  placedBy: string | null
  placedAt: Temporal.Instant
  liftedBy: string | null
  liftedAt: Temporal.Instant | null
}

export interface Migration {
  name: string
  hash: string
  at: Generated<Temporal.Instant>
}

export interface Note {
  id: string
  aboutTable: string
  about: string
  text: ColumnType<string | null, Buffer | null, Buffer | null>
  mentions: Generated<string[]>
  createdBy: string
  createdAt: Generated<Temporal.Instant>
  withdrawnAt: Temporal.Instant | null
}

export interface Notice {
  id: string
  userId: string
  kind: string
  aboutTable: string | null
  about: string | null
  causedBy: string | null
  facts: ColumnType<unknown, string | undefined, string>
  at: Generated<Temporal.Instant>
  readAt: Temporal.Instant | null
  mailedAt: Temporal.Instant | null
}

export interface NoticeChoice {
  userId: string
  kind: string
  bell: Generated<boolean>
  mail: Generated<string>
}

export interface NumberTemplate {
  document: string
  template: string
  reset: number
}

export interface OutsideSecret {
  id: string
  value: string
  setAt: Temporal.Instant
  setBy: string | null
}

export interface OutsideTest {
  adapter: string
  isWorking: boolean
  said: string
  facts: Json
  testedAt: Temporal.Instant
  testedBy: string | null
}

export interface PaperPrint {
  id: string
  paper: string
  printedBy: string | null
  printedAt: Temporal.Instant
  kind: Generated<string>
}

export interface Party {
  id: string
  kind: string
  name: string
  roles: Generated<string[]>
  customerGroup: string | null
  taxNumber: ColumnType<string | null, Buffer | null, Buffer | null>
  phones: ColumnType<string[], Buffer, Buffer>
  emails: ColumnType<string[], Buffer, Buffer>
  address: ColumnType<string | null, Buffer | null, Buffer | null>
  city: string | null
  country: string | null
  language: string | null
  note: ColumnType<string | null, Buffer | null, Buffer | null>
  createdAt: Generated<Temporal.Instant>
  version: Generated<number>
  archivedAt: Temporal.Instant | null
  phonesIndex: Generated<string[]>
  emailsIndex: Generated<string[]>
  erasedAt: Temporal.Instant | null
  bankAccount: ColumnType<string | null, Buffer | null, Buffer | null>
  custom: ColumnType<unknown, string | undefined, string>
  customSaid: Generated<string>
}

export interface PartyFact {
  id: string
  name: string
  isArchived: boolean
}

export interface PartyOnPaper {
  id: string
  party: string
  name: string
  address: ColumnType<string | null, Buffer | null, Buffer | null>
  city: string | null
  taxNumber: ColumnType<string | null, Buffer | null, Buffer | null>
  isKept: Generated<boolean>
}

export interface PaymentMethod {
  id: string
  name: string
  kind: string
  account: string | null
  needsReference: Generated<boolean>
  position: Generated<number>
  version: Generated<number>
  archivedAt: Temporal.Instant | null
}

export interface PaymentMethodName {
  id: string
  name: string
  kind: string
}

export interface Place {
  id: string
  kind: string
  name: string
  code: string
  timeZone: string
  cutOffHour: Generated<number>
  phone: ColumnType<string | null, Buffer | null, Buffer | null>
  address: string | null
  taxNumber: string | null
  receiptNote: string | null
  version: Generated<number>
  archivedAt: Temporal.Instant | null
  custom: ColumnType<unknown, string | undefined, string>
  customSaid: Generated<string>
  returnDays: number | null
}

export interface PlaceFact {
  id: string
  kind: string
  name: string
  code: string
  timeZone: string
  cutOffHour: number
  phone: ColumnType<string | null, Buffer | null, Buffer | null>
  address: string
  taxNumber: string
  receiptNote: string
  archivedAt: Temporal.Instant
  returnDays: number
}

export interface PlaceLetterhead {
  id: string
  place: string
  since: Generated<Temporal.Instant>
  company: Json
  name: string
  address: string | null
  phone: ColumnType<string | null, Buffer | null, Buffer | null>
  taxNumber: string | null
  receiptNote: string | null
  timeZone: string
}

export interface PosCashMove {
  id: string
  shift: string
  kind: string
  amount: Minor
  reason: string
  at: Temporal.Instant
  movedBy: string
}

export interface PosDrawerPulse {
  document: string
  shift: string
  cause: string
  openedBy: string | null
  at: Temporal.Instant
}

export interface PosInvoice {
  sale: string
  letterhead: string
  buyer: string | null
  issuedAt: Temporal.Instant
  issuedBy: string
}

export interface PosNoSale {
  id: string
  shift: string
  reason: string
  openedBy: string
  at: Temporal.Instant
}

export interface PosParked {
  id: string
  till: string
  place: string
  label: string
  basket: Json
  lines: number
  total: Minor
  parkedBy: string
  parkedAt: Temporal.Instant
}

export interface PosQuickBoard {
  id: string
  place: string
  name: string
  position: Generated<number>
  version: Generated<number>
}

export interface PosQuickKey {
  board: string
  position: number
  variant: string
  label: string | null
  colour: Generated<string>
}

export interface PosRemoval {
  id: string
  kind: string
  basket: string
  till: string
  place: string
  businessDay: string
  what: string
  variant: string | null
  quantity: Qty | null
  worth: Minor
  removedBy: string
  at: Temporal.Instant
}

export interface PosRemovalList {
  id: string
  kind: string
  at: Temporal.Instant
  businessDay: string
  place: string
  till: string
  removedBy: string
  what: string
  variant: string
  quantity: Qty
  worth: Minor
  sale: string
}

export interface PosSale {
  id: string
  number: string
  till: string
  place: string
  shift: string
  businessDay: string
  cashier: string
  cashierName: string
  customer: string | null
  state: Generated<string>
  pricesIncludeTax: boolean
  net: Minor
  tax: Minor
  discount: Generated<Minor>
  rounding: Generated<Minor>
  total: Minor
  cost: Minor
  change: Generated<Minor>
  note: string | null
  completedAt: Temporal.Instant
  letterhead: string | null
  buyer: string | null
  exchanged: Generated<Minor>
}

export interface PosSaleCategory {
  sale: string
  category: string
}

export interface PosSaleFact {
  id: string
  place: string
  till: string
  shift: string
  businessDay: string
  cashier: string
  customer: string
  completedAt: Temporal.Instant
  net: Minor
  tax: Minor
  discount: Minor
  rounding: Minor
  total: Minor
  cost: Minor
  isReturn: boolean
}

export interface PosSaleLine {
  id: string
  sale: string
  position: number
  variant: string
  name: string
  sku: string
  quantity: Qty
  unitPrice: Minor
  listPrice: Minor
  discount: Generated<Minor>
  taxCode: string
  taxRate: Rate
  net: Minor
  tax: Minor
  cost: Minor
  priceUnit: Generated<string>
  unit: string | null
  basketDiscount: Generated<Minor>
}

export interface PosSaleLineFact {
  sale: string
  variant: string
  name: string
  quantity: Qty
  discount: Minor
  net: Minor
  tax: Minor
  cost: Minor
  taxCode: string
  taxRate: Rate
}

export interface PosSaleLineList {
  id: string
  sale: string
  return: string
  completedAt: Temporal.Instant
  businessDay: string
  place: string
  cashier: string
  variant: string
  name: string
  sku: string
  quantity: Qty
  discount: Minor
  net: Minor
  tax: Minor
  total: bigint
  cost: Minor
  taxCode: string
  taxRate: Rate
}

export interface PosSaleMoment {
  sale: string
  hour: number
  weekday: string
}

export interface PosShift {
  id: string
  number: string
  till: string
  place: string
  businessDay: string
  state: Generated<string>
  openedAt: Temporal.Instant
  openedBy: string
  float: Minor
  closedAt: Temporal.Instant | null
  closedBy: string | null
  expected: Minor | null
  counted: Minor | null
  variance: Minor | null
  denominations: Json | null
  report: Json | null
  note: string | null
  heldBy: string
  counts: Json | null
  floatFrom: Generated<string>
  refusals: Generated<number>
  letterhead: string | null
  asIssued: Json | null
  differs: Generated<boolean>
}

export interface PosTender {
  id: string
  sale: string
  shift: string
  method: string
  kind: string
  amount: Minor
  given: Minor
  reference: string | null
  referenceKey: string | null
  name: string | null
  isVoid: Generated<boolean>
}

export interface PosTenderFact {
  sale: string
  method: string
  kind: string
  amount: Minor
}

export interface PosTill {
  id: string
  place: string
  name: string
  code: string
  location: string
  drawer: string
  version: Generated<number>
  archivedAt: Temporal.Instant | null
}

export interface PosVoid {
  sale: string
  shift: string
  place: string
  reason: string
  voidedBy: string
  agreedBy: string | null
  voidedAt: Temporal.Instant
}

export interface PricingAgreement {
  id: string
  basket: string
  desk: string
  place: string
  variant: string
  share: Rate | null
  amount: Minor | null
  unitPrice: Minor | null
  quantity: Qty | null
  askedBy: string
  askedAt: Temporal.Instant
  agreedBy: string
}

export interface Promotion {
  id: string
  name: string
  kind: string
  state: Generated<string>
  rate: Rate | null
  amount: Minor | null
  atLeast: Minor | null
  buys: number | null
  gives: number | null
  place: string | null
  customerGroup: string | null
  validFrom: string | null
  validTo: string | null
  weekdays: Generated<string[]>
  hourFrom: string | null
  hourTo: string | null
  coupons: Generated<string>
  word: string | null
  limitTotal: number | null
  limitEach: number | null
  budget: Minor | null
  floor: Minor | null
  priority: Generated<number>
  isExclusive: Generated<boolean>
  note: string | null
  createdAt: Generated<Temporal.Instant>
  version: Generated<number>
}

export interface PromotionCounter {
  promotion: string
  customer: string | null
  used: number
  given: Minor
  most: number | null
  budget: Minor | null
}

export interface PromotionCoupon {
  id: string
  promotion: string
  code: string
  madeAt: Generated<Temporal.Instant>
  usedAt: Temporal.Instant | null
  usedIn: string | null
  usedNumber: string | null
}

export interface PromotionTarget {
  id: string
  document: string
  position: number
  role: Generated<string>
  category: string | null
  product: string | null
  variant: string | null
  count: Generated<number>
}

export interface PromotionUse {
  id: string
  promotion: string
  ruleVersion: number
  documentKind: string
  document: string
  number: string
  place: string
  customer: string | null
  coupon: string | null
  amount: Minor
  backOf: string | null
  usedAt: Temporal.Instant
}

export interface PromotionUseFact {
  id: string
  promotion: string
  ruleVersion: number
  documentKind: string
  document: string
  number: string
  place: string
  customer: string
  coupon: string
  amount: Minor
  backOf: string
  usedAt: Temporal.Instant
}

export interface ReturnCounter {
  line: string
  sold: Qty
  gone: Generated<Qty>
  total: Generated<Minor>
  tax: Generated<Minor>
  discount: Generated<Minor>
  cost: Generated<Minor>
}

export interface ReturnFact {
  id: string
  number: string
  soldKind: string
  sold: string
  exchange: string
  place: string
  desk: string
  shift: string
  businessDay: string
  customer: string
  takenBy: string
  takenByName: string
  takenAt: Temporal.Instant
  reason: string
  net: Minor
  tax: Minor
  discount: Minor
  rounding: Minor
  total: Minor
  exchanged: Minor
  refunded: Minor
  cost: Minor
}

export interface ReturnLine {
  id: string
  return: string
  position: number
  soldLine: string | null
  variant: string
  name: string
  sku: string
  quantity: Qty
  unit: string | null
  disposition: string
  taxCode: string
  taxRate: Rate
  discount: Generated<Minor>
  net: Minor
  tax: Minor
  cost: Minor
}

export interface ReturnLineFact {
  id: string
  return: string
  soldLine: string
  variant: string
  name: string
  sku: string
  quantity: Qty
  disposition: string
  discount: Minor
  net: Minor
  tax: Minor
  cost: Minor
  taxCode: string
  taxRate: Rate
}

export interface ReturnNote {
  id: string
  number: string
  soldKind: string | null
  sold: string | null
  soldNumber: string | null
  exchange: string | null
  place: string
  desk: string | null
  shift: string | null
  businessDay: string
  customer: string | null
  reason: string
  note: string | null
  net: Minor
  tax: Minor
  discount: Generated<Minor>
  rounding: Generated<Minor>
  total: Minor
  exchanged: Generated<Minor>
  refunded: Minor
  cost: Minor
  takenBy: string
  takenByName: string
  agreedBy: string | null
  takenAt: Temporal.Instant
  letterhead: string | null
  buyer: string | null
}

export interface ReturnRefund {
  id: string
  return: string
  tender: string | null
  method: string
  kind: string
  name: string
  amount: Minor
  reference: string | null
}

export interface ReturnRefundFact {
  return: string
  tender: string
  method: string
  kind: string
  amount: Minor
}

export interface SavedView {
  id: string
  owner: string
  list: string
  name: string
  search: ColumnType<Record<string, string>, Buffer, Buffer>
  shared: Generated<boolean>
  createdAt: Generated<Temporal.Instant>
}

export interface ScheduledWork {
  name: string
  rule: string
  nextAt: Temporal.Instant
  askedAt: Temporal.Instant | null
  startedAt: Temporal.Instant | null
  endedAt: Temporal.Instant | null
  result: string | null
  error: string | null
}

export interface Series {
  document: string
  place: string | null
  period: string
  last: Generated<bigint>
}

export interface Setting {
  name: string
  value: Json
  changedAt: Generated<Temporal.Instant>
}

export interface SourcingBill {
  id: string
  purchase: string
  supplier: string
  number: string
  dated: string
  dueOn: string | null
  net: Minor
  tax: Minor
  businessDay: string
  enteredBy: string
  enteredAt: Temporal.Instant
  again: Generated<number>
}

export interface SourcingBillReversal {
  bill: string
  reason: string
  businessDay: string
  reversedBy: string
  reversedAt: Temporal.Instant
}

export interface SourcingOffer {
  id: string
  supplier: string
  variant: string
  code: string | null
  price: Minor | null
  pack: Qty | null
  least: Qty | null
  leadDays: number | null
  version: Generated<number>
  archivedAt: Temporal.Instant | null
}

export interface SourcingOffered {
  variant: string
  supplier: string
}

export interface SourcingPurchase {
  id: string
  number: string
  state: Generated<string>
  place: string
  location: string
  supplier: string
  expectedOn: string | null
  reference: string | null
  tolerance: Generated<Rate>
  note: string | null
  businessDay: string
  net: Generated<Minor>
  tax: Generated<Minor>
  total: Generated<Minor>
  createdBy: string
  createdAt: Generated<Temporal.Instant>
  submittedAt: Temporal.Instant | null
  decidedBy: string | null
  decidedAt: Temporal.Instant | null
  closedAt: Temporal.Instant | null
  reason: string | null
  letterhead: string | null
  partner: string | null
  version: Generated<number>
  custom: ColumnType<unknown, string | undefined, string>
  customSaid: Generated<string>
}

export interface SourcingPurchaseLine {
  id: string
  document: string
  position: number
  variant: string
  name: string
  code: string | null
  quantity: Qty
  price: Minor
  priceUnit: Generated<string>
  taxRate: Generated<Rate>
  net: Generated<Minor>
  tax: Generated<Minor>
  received: Generated<Qty>
  damaged: Generated<Qty>
}

export interface SourcingReceipt {
  id: string
  purchase: string
  paper: string
  isDamaged: Generated<boolean>
  deliveryNote: string | null
  receivedBy: string
  receivedAt: Temporal.Instant
}

export interface Tables {
  accessApiKey: AccessApiKey
  accessAppCode: AccessAppCode
  accessApproval: AccessApproval
  accessBackupCode: AccessBackupCode
  accessBrowser: AccessBrowser
  accessContact: AccessContact
  accessFactor: AccessFactor
  accessIdentity: AccessIdentity
  accessInvitation: AccessInvitation
  accessInvitationRole: AccessInvitationRole
  accessMember: AccessMember
  accessRefresh: AccessRefresh
  accessRegistration: AccessRegistration
  accessReset: AccessReset
  accessRole: AccessRole
  accessRoleLine: AccessRoleLine
  accessSession: AccessSession
  accessSignIn: AccessSignIn
  accessSigningKey: AccessSigningKey
  accessTeam: AccessTeam
  accessThrottle: AccessThrottle
  accessUser: AccessUser
  accessUserName: AccessUserName
  activity: Activity
  analyticsDayLine: AnalyticsDayLine
  analyticsDayMethod: AnalyticsDayMethod
  analyticsDaySale: AnalyticsDaySale
  analyticsReportMailing: AnalyticsReportMailing
  analyticsReportPlan: AnalyticsReportPlan
  analyticsSummed: AnalyticsSummed
  assignment: Assignment
  auditChange: AuditChange
  auditEntry: AuditEntry
  auditLeaf: AuditLeaf
  auditSeal: AuditSeal
  auditTrail: AuditTrail
  auditTrailChange: AuditTrailChange
  catalogBarcode: CatalogBarcode
  catalogCategory: CatalogCategory
  catalogConversion: CatalogConversion
  catalogPrice: CatalogPrice
  catalogPriceList: CatalogPriceList
  catalogProduct: CatalogProduct
  catalogTaxClass: CatalogTaxClass
  catalogTaxRate: CatalogTaxRate
  catalogUnit: CatalogUnit
  catalogVariant: CatalogVariant
  catalogVariantFact: CatalogVariantFact
  commsMessage: CommsMessage
  commsTemplate: CommsTemplate
  customField: CustomField
  dataKey: DataKey
  event: Event
  file: File
  follow: Follow
  idempotencyKey: IdempotencyKey
  importLater: ImportLater
  importMapping: ImportMapping
  importRefusal: ImportRefusal
  importRun: ImportRun
  importTrace: ImportTrace
  inventoryAtLocation: InventoryAtLocation
  inventoryBalance: InventoryBalance
  inventoryDocument: InventoryDocument
  inventoryDocumentFact: InventoryDocumentFact
  inventoryDocumentLine: InventoryDocumentLine
  inventoryLayer: InventoryLayer
  inventoryLocation: InventoryLocation
  inventoryLocationFact: InventoryLocationFact
  inventoryLot: InventoryLot
  inventoryLotList: InventoryLotList
  inventoryMove: InventoryMove
  inventoryMoveList: InventoryMoveList
  inventoryOnHand: InventoryOnHand
  inventoryReorder: InventoryReorder
  inventoryReorderLevel: InventoryReorderLevel
  inventoryReservation: InventoryReservation
  inventoryStockCount: InventoryStockCount
  inventoryStockCountLine: InventoryStockCountLine
  inventoryStockCountTally: InventoryStockCountTally
  inventoryStockList: InventoryStockList
  inventoryTransfer: InventoryTransfer
  inventoryTransferLine: InventoryTransferLine
  inventoryTransferReceipt: InventoryTransferReceipt
  ledgerAccount: LedgerAccount
  ledgerBalance: LedgerBalance
  ledgerEntry: LedgerEntry
  ledgerJournal: LedgerJournal
  ledgerJournalLine: LedgerJournalLine
  ledgerLine: LedgerLine
  ledgerLineList: LedgerLineList
  ledgerPeriod: LedgerPeriod
  legalHold: LegalHold
  migration: Migration
  note: Note
  notice: Notice
  noticeChoice: NoticeChoice
  numberTemplate: NumberTemplate
  outsideSecret: OutsideSecret
  outsideTest: OutsideTest
  paperPrint: PaperPrint
  party: Party
  partyFact: PartyFact
  partyOnPaper: PartyOnPaper
  paymentMethod: PaymentMethod
  paymentMethodName: PaymentMethodName
  place: Place
  placeFact: PlaceFact
  placeLetterhead: PlaceLetterhead
  posCashMove: PosCashMove
  posDrawerPulse: PosDrawerPulse
  posInvoice: PosInvoice
  posNoSale: PosNoSale
  posParked: PosParked
  posQuickBoard: PosQuickBoard
  posQuickKey: PosQuickKey
  posRemoval: PosRemoval
  posRemovalList: PosRemovalList
  posSale: PosSale
  posSaleCategory: PosSaleCategory
  posSaleFact: PosSaleFact
  posSaleLine: PosSaleLine
  posSaleLineFact: PosSaleLineFact
  posSaleLineList: PosSaleLineList
  posSaleMoment: PosSaleMoment
  posShift: PosShift
  posTender: PosTender
  posTenderFact: PosTenderFact
  posTill: PosTill
  posVoid: PosVoid
  pricingAgreement: PricingAgreement
  promotion: Promotion
  promotionCounter: PromotionCounter
  promotionCoupon: PromotionCoupon
  promotionTarget: PromotionTarget
  promotionUse: PromotionUse
  promotionUseFact: PromotionUseFact
  returnCounter: ReturnCounter
  returnFact: ReturnFact
  returnLine: ReturnLine
  returnLineFact: ReturnLineFact
  returnNote: ReturnNote
  returnRefund: ReturnRefund
  returnRefundFact: ReturnRefundFact
  savedView: SavedView
  scheduledWork: ScheduledWork
  series: Series
  setting: Setting
  sourcingBill: SourcingBill
  sourcingBillReversal: SourcingBillReversal
  sourcingOffer: SourcingOffer
  sourcingOffered: SourcingOffered
  sourcingPurchase: SourcingPurchase
  sourcingPurchaseLine: SourcingPurchaseLine
  sourcingReceipt: SourcingReceipt
}
