import { expect, test } from 'vitest'
import { findInReceiver, receiverModule } from '#engine/compile/receiver-module.ts'
import { receiverBench } from '#engine/runtime/testing/receiver-bench.ts'
import { framesIn } from './receiver-frames.ts'

const PRELUDE = 'const half = x => {\n  if (x % 2 === 1) throw new Error("odd")\n  return x / 2\n}'
const FAILING = `{
  onStart(receiver) {
    receiver.store(half(3))
  },
}`

test('an exception in onStart leads to its lines, in the receiver and in the shared code', async () => {
  const { start, pass, told } = receiverBench(FAILING, { prelude: PRELUDE })
  await start()
  await pass(100)
  expect(told.receivers[0]).toMatchObject({
    lastError: 'Error starting receiver 0: Error: odd',
    errorFrames: [
      { name: 'half', line: 2, column: 26 },
      { node: 'a', param: 'receiver', name: 'onStart', line: 3, column: 20 },
    ],
  })
})

test.each([
  ['a timer', '{ onStart() {\n setTimeout(() => {\n  throw new Error("late") }, 10) } }', { line: 3, column: 9 }],
  ['reportError', '{ onStart(r) {\n r.reportError("bad", new Error("so")) } }', { line: 2, column: 23 }],
])('what %s tells of is a warning with its line', async (_what, receiver, place) => {
  const { start, pass, told } = receiverBench(receiver)
  await start()
  await pass(1000)
  expect(told.warningFrames[0]?.[0]).toMatchObject({ node: 'a', param: 'receiver', ...place })
})

test('a receiver that cannot be made says where', async () => {
  const { start, pass, told } = receiverBench('(() => {\n  throw new Error("no")\n})')
  await start()
  await pass(100)
  expect(told.receivers[0]).toMatchObject({
    state: 'stopped',
    lastError: 'The receiver could not be made: Error: no',
    errorFrames: [{ node: 'a', param: 'receiver', line: 2, column: 9 }],
  })
})

test('restart tells where its error came from, and the next error without a line has none', async () => {
  const { start, pass, told } = receiverBench(
    '{ onStart(r) {\n if (!globalThis.once) { globalThis.once = 1; r.restart("lost", new Error("x")) }\n else r.stop("enough") } }',
  )
  await start()
  await pass(600)
  expect(told.receivers[0]?.errorFrames).toMatchObject([{ line: 2 }])
  await pass(3000)
  Reflect.deleteProperty(globalThis, 'once')
  expect(told.receivers[0]).toMatchObject({ lastError: 'enough', errorFrames: [] })
})

test('what a stack makes up leads nowhere', () => {
  const place = { node: 'a', param: 'receiver', prelude: undefined, code: FAILING }
  expect(
    framesIn(
      [0, 1, 3, 9, 1e9].map((line) => ({ line, column: 1 })),
      place,
    ),
  ).toEqual([])
})

test('every line of the module is a line of the receiver, of the shared code, or ours', () => {
  const text = receiverModule(PRELUDE, FAILING).split('\n')
  const found = text.map((line, index) => [line, findInReceiver(PRELUDE, FAILING, index + 1)] as const)
  for (const [line, place] of found) {
    if (place !== undefined) expect((place.isShared ? PRELUDE : FAILING).split('\n')[place.line - 1]).toBe(line)
  }
  expect(found.filter(([, place]) => place !== undefined)).toHaveLength(4 + 5)
})
