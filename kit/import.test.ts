import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Memory } from './import.ts'

test('a batch that begins again has forgotten what its first try took; what is over stays', () => {
  const memory = new Memory()
  memory.begin()
  memory.set('first', '1')
  memory.keep()
  memory.settle()
  memory.begin()
  memory.set('second', '2')
  memory.keep()
  assert.deepEqual([memory.get('first'), memory.get('second')], ['1', '2'])
  // The database has rolled it back.
  memory.begin()
  assert.deepEqual([memory.get('first'), memory.get('second')], ['1', undefined])
  memory.set('third', '3')
  memory.drop()
  assert.equal(memory.get('third'), undefined)
})
