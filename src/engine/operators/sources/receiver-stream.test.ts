import { expect, test } from 'vitest'
import { printStreams, recordLowering } from '#engine/operator/testing/record-lowering.ts'
import { receiverBench } from '#engine/runtime/testing/receiver-bench.ts'
import { receiverStream } from './receiver-stream.ts'

test('is a receiver of the code in its parameter', () => {
  const receiver = 'class extends Receiver { onStart() { this.store(1) } onStop() {} }'
  const lowering = recordLowering(receiverStream, { receiver })
  expect(printStreams(lowering)).toEqual([
    { kind: 'source', feed: { kind: 'receiver', receiver: { kind: 'custom', code: receiver, param: 'receiver' } } },
  ])
  expect(lowering.bound).toMatchObject({ isReceiver: true, destinations: [], functions: { receiver } })
})

test.each([
  '{ onStart(receiver) {} }',
  'new Ticker(10)',
  'Ticker',
  '() => ({ onStart() {} })',
  '{ async onStart(receiver) { await receiver.store([1]) } }',
])('takes %s', (receiver) => {
  expect(receiverStream.bind('n', { receiver })).toMatchObject({ ok: true, value: { warnings: [] } })
})

test.each([
  ['1', 'function/not-a-function'],
  ['{ onStart() {} }; evil()', 'function/not-one-expression'],
  ['{ onStart() { import("x") } }', 'function/import'],
  ['', 'function/empty'],
])('refuses %j', (receiver, code) => {
  expect(receiverStream.bind('n', { receiver })).toMatchObject({ ok: false, error: [{ code }] })
})

test.each(receiverStream.snippets)('$title: stores records', async ({ code }) => {
  expect(receiverStream.bind('n', { receiver: code })).toMatchObject({ ok: true, value: { warnings: [] } })
  const { start, pass, blocks, told } = receiverBench(code)
  await start()
  await pass(8000)
  expect(blocks().flat().length).toBeGreaterThan(0)
  expect(told.warnings).toEqual([])
})

test('the reliable snippet stores every order once, in order', async () => {
  const { start, pass, blocks } = receiverBench(receiverStream.snippets[1]?.code ?? '')
  await start()
  await pass(3100)
  const orders = blocks().flat()
  expect(orders.length).toBeGreaterThanOrEqual(12)
  expect(orders).toEqual(orders.map((_, index) => index + 1))
})
