export { expectSetupCode, isSetUp, newSetupCode } from './company/setup.store.ts'
