import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { isDay, readDay, readTime, showDay } from './day.ts'

test('[W15] a day is read as the reader’s language writes it, as ISO, as eight digits and with its month’s name', () => {
  for (const locale of ['en', 'en-KE', 'ar', 'ar-KE', 'ar-EG', 'sw-KE', 'ru'])
    for (const typed of [
      '29/11/2026',
      '29.11.2026',
      '29-11-2026',
      '29 11 2026',
      '29112026',
      '20261129',
      '2026-11-29',
      '2026-11-29 ',
    ])
      assert.equal(readDay(typed, locale), '2026-11-29', `${typed} in ${locale}`)
  assert.equal(readDay('٢٩/١١/٢٠٢٦', 'ar-EG'), '2026-11-29')
  assert.equal(readDay('٢٩١١٢٠٢٦', 'ar'), '2026-11-29')
  assert.equal(readDay('29 Nov 2026', 'en-KE'), '2026-11-29')
  assert.equal(readDay('29 november 2026', 'sw-KE'), '2026-11-29')
  assert.equal(readDay('٢٩ نوفمبر ٢٠٢٦', 'ar'), '2026-11-29')
  assert.equal(readDay('29 ноября 2026', 'ru'), '2026-11-29')
  assert.equal(readDay('3/4/2026', 'en-KE'), '2026-04-03')
  assert.equal(readDay('3/4/2026', 'en-US'), '2026-03-04')
})

test('[W15] what may still become a day is none yet, and what is no day stays none', () => {
  assert.equal(readDay('29/11/26', 'en-KE'), undefined)
  assert.equal(readDay('29/11/26', 'en-KE', { left: true }), '2026-11-29')
  for (const typed of ['', '29', '29/11', '31/02/2026', '2026-02-30', '99999999', 'soon', '29/11/20261', '1/1/1/1'])
    for (const left of [false, true]) assert.equal(readDay(typed, 'en-KE', { left }), undefined, typed)
  assert.ok(isDay('2026-11-29') && !isDay('2026-11-31') && !isDay('29/11/2026') && !isDay(null))
})

test('[W15] what is shown is read as the same day, in every language and both kinds of digits', () => {
  assert.equal(showDay('2026-11-29', 'en-KE'), '29/11/2026')
  assert.equal(showDay('2026-11-29', 'ar-KE', 'arab'), '٢٩/١١/٢٠٢٦')
  assert.equal(showDay('2026-11-29', 'ru'), '29.11.2026')
  assert.equal(showDay('29/1', 'en'), '29/1')
  fc.assert(
    fc.property(
      fc.date({ min: new Date('1900-01-01'), max: new Date('2999-12-31'), noInvalidDate: true }),
      fc.constantFrom('en', 'en-KE', 'en-US', 'ar', 'ar-SA', 'sw-KE', 'ru', 'de', 'sv'),
      fc.constantFrom('latn' as const, 'arab' as const),
      (at, locale, digits) => {
        const day = at.toISOString().slice(0, 10)
        assert.equal(readDay(showDay(day, locale, digits), locale), day)
      },
    ),
  )
})

test('a time of day is read as people type it', () => {
  for (const [typed, time] of [
    ['14:05', '14:05'],
    ['1405', '14:05'],
    ['٩:٣٠', '09:30'],
    ['9', '09:00'],
    ['9.5', '09:05'],
  ] as const)
    assert.equal(readTime(typed), time)
  for (const typed of ['', '24:00', '12:60', 'noon']) assert.equal(readTime(typed), undefined, typed)
})
