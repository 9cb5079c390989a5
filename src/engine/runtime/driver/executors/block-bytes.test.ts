import fc from 'fast-check'
import { expect, test } from 'vitest'
import { wholeOf } from '#engine/runtime/driver/receivers/block-text.ts'
import { AsciiText } from '#engine/runtime/executor/packed/ascii-text.ts'
import type { BlockPayload } from '#engine/runtime/wire.ts'
import { asciiOf } from './block-bytes.ts'

const encoder = new TextEncoder()
const encode = (text: string, into: Uint8Array) => encoder.encodeInto(text, into)

const text = fc.string({ unit: fc.constantFrom('a', 'B', '9', ' ', '\n', '\0', '\x7f'), maxLength: 40 })
const block = fc.oneof(
  text.map((all): BlockPayload => ({ kind: 'lines', text: all, count: all.split('\n').length })),
  fc
    .array(text, { minLength: 2, maxLength: 5 })
    .map((texts): BlockPayload => ({ kind: 'messages', texts, count: texts.join('\n').split('\n').length })),
)

test('a block as bytes is its text, piece by piece and line by line', () => {
  fc.assert(
    fc.property(block, fc.nat(60), fc.nat(60), (payload, from, size) => {
      const ascii = asciiOf(payload, encode)
      if (ascii === undefined) return expect.unreachable('it is ASCII')
      const whole = wholeOf(payload).text
      const read = new AsciiText(ascii, undefined)
      expect([read.toString(), read.length, ascii.count]).toEqual([whole, whole.length, whole.split('\n').length])
      expect(read.slice(from, Math.min(from + size, whole.length))).toBe(whole.slice(from, from + size))
      expect(read.indexOf('\n', from)).toBe(whole.indexOf('\n', from))
    }),
  )
  const long = 'line of a block\n'.repeat(5000)
  const ascii = asciiOf({ kind: 'lines', text: long, count: 5001 }, encode)
  expect(ascii === undefined ? '' : new AsciiText(ascii, undefined).toString()).toBe(long)
})

test('what is not ASCII, not lines or nothing has no bytes', () => {
  for (const odd of ['ä', '\u0080', '漢', '\ud83d', '\ud83d\udc36'])
    for (const texts of [
      ['plain', `with ${odd}`],
      [odd, 'plain'],
    ])
      expect(asciiOf({ kind: 'messages', texts, count: 2 }, encode)).toBeUndefined()
  expect(asciiOf({ kind: 'lines', text: '', count: 0 }, encode)).toBeUndefined()
  expect(asciiOf({ kind: 'json', text: '[1]' }, encode)).toBeUndefined()
})

test('what was handed over can be sent again', () => {
  const payload: BlockPayload = { kind: 'messages', texts: ['one\ntwo', 'three'], count: 3 }
  const first = asciiOf(payload, encode)
  structuredClone(first, { transfer: first === undefined ? [] : [first.bytes] })
  expect(first?.bytes.byteLength).toBe(0)
  const again = asciiOf(payload, encode)
  expect(again === undefined ? '' : new AsciiText(again, undefined).toString()).toBe('one\ntwo\nthree')
})
