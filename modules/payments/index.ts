export { loadMethods, startMethods, type MethodFacts } from './method/method.store.ts'
