import fc from 'fast-check'
import { expect, test } from 'vitest'
import { printBlock, readBlockLog } from '#engine/checkpoint/block-log.ts'
import { decodeTagged, encodeTagged } from '#engine/record/tagged-json.ts'
import { documentOf } from '#engine/runtime/testing/document.ts'
import { runPipeline } from '#engine/runtime/testing/run-pipeline.ts'
import { findJsonFault, joinJson } from './json-records.ts'
import type { ConnectionEvents } from './receiver-connection.ts'

const SPECIAL = [
  '-0',
  '1e999',
  ' {"$": "date", "v": 0}',
  '{"__proto__": [1], "2": 0, "1": 0}',
  '"\\ud800"',
  '1',
  '\t[ ]\n',
]

const text = fc.oneof(
  fc.json({ maxDepth: 6 }),
  fc.constantFrom(...SPECIAL),
  fc.constantFrom('', '{', '1 2', "{'a': 1}", 'NaN', '[1,]', '\u00a01', '1]', '],['),
)

test('texts that travel as they came arrive as the records that they spell, and only those', () => {
  fc.assert(
    fc.property(fc.array(text), (texts) => {
      const fit = texts.filter((each) => findJsonFault(each) === undefined)
      const spelled = texts.flatMap((each) => {
        try {
          return [decodeTagged(JSON.parse(JSON.stringify(encodeTagged(JSON.parse(each)))))]
        } catch {
          return []
        }
      })
      expect(JSON.parse(joinJson(fit))).toStrictEqual(spelled)
    }),
  )
})

test('a record nests as deep as it may, however many brackets it has', () => {
  const nested = (depth: number): string => `${'['.repeat(depth)}${']'.repeat(depth)}`
  const wide = `[${Array.from({ length: 300 }, () => '{"a":"[[["}').join(',')}]`
  expect([nested(100), nested(101), wide].map(findJsonFault)).toEqual([
    undefined,
    'nests more than 100 levels deep',
    undefined,
  ])
})

test('functions get the values, and the log of blocks gives them back', async () => {
  const document = documentOf(
    {
      events: ['webSocketTextStream', { url: 'ws://127.0.0.1:9', json: true }],
      shown: ['map', { fn: 'e => [typeof e, Object.is(e, -0), String(e?.$ ?? e)]' }, 'events'],
      out: ['print', { num: 100 }, 'shown'],
    },
    { master: 'local[2]' },
  )
  let events: ConnectionEvents | undefined
  const run = await runPipeline(document, {
    batches: 1,
    collect: ['shown'],
    paused: true,
    connect: (_feed, given) => {
      events = given
      queueMicrotask(() => given.onOpen())
      return { close: () => {} }
    },
    drive: (context) =>
      void Promise.resolve().then(() => {
        events?.onText('-0\n{"$":"date"}\noops\n1e999\n')
        return context.step()
      }),
  })
  expect(run.recordsOf('shown').at(-1)?.records).toEqual([
    ['number', true, '0'],
    ['object', false, 'date'],
    ['number', false, 'Infinity'],
  ])
  const block = { id: 3, inputStreamId: 0, records: 1, payload: { kind: 'json', text: joinJson(['{"$":1}']) } } as const
  expect(readBlockLog(new Map([['block/3', printBlock(block, true)]])).blocks).toEqual([block])
})
