export { loadMethods, methodsRead, startMethods, type MethodFacts } from './method/method.store.ts'
