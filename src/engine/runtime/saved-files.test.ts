import { describe, expect, test } from 'vitest'
import { MemoryCheckpointStore } from '#engine/checkpoint/memory-checkpoint-store.ts'
import { parseExecutorMessage, parseReply } from '#engine/runtime/driver/executors/parse-executor-message.ts'
import { MemoryOutputFiles } from '#engine/runtime/driver/files/memory-output-files.ts'
import { directoryOf, type OutputFiles, partName, type SavedPart } from '#engine/runtime/driver/files/output-files.ts'
import { postReply } from '#engine/runtime/executor/jobs/post-reply.ts'
import { MAX_REPLY_CHARS, printFiles } from '#engine/runtime/executor/jobs/print-files.ts'
import { JobFailure } from '#engine/runtime/executor/jobs/step-failure.ts'
import { runPipeline } from '#engine/runtime/testing/run-pipeline.ts'
import type { ExecutorMessage } from '#engine/runtime/wire.ts'

interface Save {
  readonly op?: string
  readonly prefix?: string
  readonly suffix?: string
}

/** Words through `flow` into `files`, and printed beside it. */
function words({ op = 'saveAsTextFiles', ...params }: Save = {}, flow: readonly unknown[] = []) {
  const nodes = [
    { id: 'words', op: 'queueStream', params: { batches: [] }, at: [0, 0] },
    ...flow,
    { id: 'files', op, params, at: [0, 0] },
    { id: 'shown', op: 'print', at: [0, 0] },
  ]
  const last = flow.length === 0 ? 'words' : 'step'
  return {
    format: 'sluice/1',
    name: 'Words',
    settings: { batchMs: 1000, master: 'local[2]', checkpoint: true },
    nodes,
    edges: [
      ...(flow.length === 0 ? [] : [{ from: 'words', to: 'step' }]),
      { from: last, to: 'files' },
      { from: last, to: 'shown' },
    ],
  }
}

const texts = (parts: readonly SavedPart[] | undefined) => parts?.map(({ text }) => text)

describe('names', () => {
  test.each([
    ['out', 'txt', 'out-5000.txt'],
    ['out', '', 'out-5000'],
    ['', 'txt', '5000.txt'],
    ['', '', '5000'],
    ['a/b', '', 'a/b-5000'],
  ])('prefix %o and suffix %o give %s', (prefix, suffix, name) =>
    expect(directoryOf({ prefix, suffix }, 5000)).toBe(name),
  )

  test.each([
    [0, 'part-00000'],
    [12, 'part-00012'],
    [123456, 'part-123456'],
  ])('part %d is %s', (part, name) => expect(partName(part)).toBe(name))
})

describe('saveAsTextFiles', () => {
  test('leaves a directory per batch, a part per partition, an empty one too, and none without an RDD', async () => {
    const files = new MemoryOutputFiles()
    const batches = [['a', 'b', 'c'], [], null, ['d']]
    const run = await runPipeline(words({ prefix: 'out', suffix: 'txt' }), {
      batches: 4,
      files,
      inputs: { words: { batches, partitions: 3 } },
    })
    expect(run.failures).toEqual([])
    expect([...files.directories].map(([directory, parts]) => [directory, texts(parts)])).toEqual([
      ['out-1000.txt', ['a\n', 'b\n', 'c\n']],
      ['out-2000.txt', ['', '', '']],
      ['out-4000.txt', ['', '', 'd\n']],
    ])
    expect(files.directories.get('out-1000.txt')?.map(({ records }) => records)).toEqual([1, 1, 1])
    const [first] = run.batches
    expect(first?.data.outputs[0]).toMatchObject({ saved: { directory: 'out-1000.txt', parts: 3 }, total: 3, rows: [] })
  })

  test('writes records as print does', async () => {
    const files = new MemoryOutputFiles()
    const records = [['the', 12], 'two\nlines', { n: [1] }, { $: 'bigint', v: '7' }, [1, 2, 3], null]
    await runPipeline(words(), { batches: 1, files, inputs: { words: { batches: [records] } } })
    expect(texts(files.directories.get('1000'))).toEqual(['(the,12)\ntwo\nlines\n{"n":[1]}\n7\n[1,2,3]\nnull\n'])
  })

  test('keeps what a by-key operator partitioned in as many parts', async () => {
    const files = new MemoryOutputFiles()
    const step = { id: 'step', op: 'reduceByKey', params: { reduce: '(a, b) => a + b', numPartitions: 5 }, at: [0, 0] }
    const pairs = ['a', 'b', 'a', 'c'].map((word) => [word, 1])
    const run = await runPipeline(words({ prefix: 'n' }, [step]), {
      batches: 1,
      files,
      collect: ['step'],
      inputs: { words: { batches: [pairs], partitions: 2 } },
    })
    const parts = files.directories.get('n-1000')
    expect(parts?.map(({ records }) => records)).toEqual(run.recordsOf('step')[0]?.partitions)
    expect(texts(parts)?.join('').split('\n').sort()).toEqual(['', '(a,2)', '(b,1)', '(c,1)'])
  })
})

test('saveAsObjectFiles writes tagged JSON, one record a line', async () => {
  const files = new MemoryOutputFiles()
  const records = ['two\nlines', { $: 'bigint', v: '12' }, { $: 'undefined' }, ['a', 1]]
  const save = { op: 'saveAsObjectFiles', prefix: 'o' }
  await runPipeline(words(save), { batches: 1, files, inputs: { words: { batches: [records] } } })
  const lines = texts(files.directories.get('o-1000'))?.join('').trimEnd().split('\n')
  expect(lines?.map((line) => JSON.parse(line))).toEqual(records)
})

describe('a batch', () => {
  const inputs = { words: { batches: [['a'], ['b'], ['c'], ['d']], partitions: 2 } }

  test('is complete when its files are saved, not before', async () => {
    const log: string[] = []
    const files: OutputFiles = {
      save: async (directory) => {
        await new Promise((resolve) => setTimeout(resolve))
        log.push(directory)
      },
    }
    const onCompleted = ({ batchTimeMs }: { batchTimeMs: number }) => log.push(`completed ${batchTimeMs}`)
    await runPipeline(words(), { batches: 2, files, inputs, onCompleted })
    expect(log).toEqual(['1000', 'completed 1000', '2000', 'completed 2000'])
  })

  test('whose files cannot be saved fails with the reason, in that output alone', async () => {
    const memory = new MemoryOutputFiles()
    const files: OutputFiles = {
      save: (directory, parts) =>
        directory === 'out-2000' ? Promise.reject(new Error('the disk is full.')) : memory.save(directory, parts),
    }
    const run = await runPipeline(words({ prefix: 'out' }), { batches: 3, files, inputs })
    const message = 'The directory "out-2000" could not be saved: the disk is full.'
    expect(run.failures).toEqual([{ timeMs: 2000, node: 'files', message }])
    const reasons = run.batches.map(({ info }) => info.outputs.map(({ failureReason }) => failureReason))
    expect(reasons).toEqual([
      [undefined, undefined],
      [message, undefined],
      [undefined, undefined],
    ])
    expect([...memory.directories.keys()]).toEqual(['out-1000', 'out-3000'])
    expect(run.batches[1]?.data.outputs[0]?.saved).toBeUndefined()
  })

  test('fails an output whose directory another one has just saved, instead of losing records', async () => {
    const files = new MemoryOutputFiles()
    const document = words({ prefix: 'out' })
    const other = { id: 'others', op: 'saveAsObjectFiles', params: { prefix: 'out' }, at: [0, 0] }
    const nodes = [...document.nodes, other]
    const edges = [...document.edges, { from: 'words', to: 'others' }]
    const run = await runPipeline({ ...document, nodes, edges }, { batches: 1, files, inputs })
    expect(run.failures).toMatchObject([
      { node: 'others', message: expect.stringContaining('"files" saves there too') },
    ])
    expect(texts(files.directories.get('out-1000'))?.join('')).toBe('a\n')
  })

  test('saves nothing of an output whose records cannot be computed', async () => {
    const files = new MemoryOutputFiles()
    const fn = 'word => { if (word === "b") throw new Error("no"); return word }'
    const step = { id: 'step', op: 'map', params: { fn }, at: [0, 0] }
    const run = await runPipeline(words({}, [step]), { batches: 3, files, inputs })
    expect(run.failures[0]).toMatchObject({ timeMs: 2000, node: 'step' })
    expect([...files.directories.keys()]).toEqual(['1000', '3000'])
  })

  test('runs again after a recovery and replaces its directory: the effect is that of one run', async () => {
    const counts = { id: 'step', op: 'updateStateByKey', params: { fn: '(v, n = 0) => n + v.length' }, at: [0, 0] }
    const pairs = { words: { batches: ['a', 'b', 'a', 'b'].map((word) => [[word, 1]]), partitions: 2 } }
    const whole = new MemoryOutputFiles()
    await runPipeline(words({}, [counts]), { batches: 4, files: whole, inputs: pairs })
    for (const killAfterMs of [1000, 2000, 3000]) {
      const store = new MemoryCheckpointStore()
      const memory = new MemoryOutputFiles()
      const saved: string[] = []
      const files: OutputFiles = {
        save: (directory, parts) => {
          saved.push(directory)
          return memory.save(directory, parts)
        },
      }
      await runPipeline(words({}, [counts]), { batches: 4, files, inputs: pairs, store, killAfterMs })
      // What a death in the middle of a save leaves.
      memory.directories.set('3000', [{ text: 'half of a li', records: 1 }])
      const rest = await runPipeline(words({}, [counts]), { batches: 4, files, inputs: pairs, store })
      expect(rest.recovered).toBeDefined()
      expect(new Set(saved)).toEqual(new Set(whole.directories.keys()))
      const sorted = (all: MemoryOutputFiles) => [...all.directories].sort(([a], [b]) => a.localeCompare(b))
      if (killAfterMs < 3000) expect(sorted(memory)).toEqual(sorted(whole))
    }
  })
})

describe('too much for one reply', () => {
  const huge = 'x'.repeat(70_000_000)
  test('fails the output that saves it', () => {
    expect(() => printFiles(new Map([[0, [huge, huge]]]), 'text', 'files')).toThrow(JobFailure)
    expect(printFiles(new Map([[0, [huge]]]), 'text', 'files')).toHaveLength(1)
  })

  test('fails the output whose text is too much once it is packed', () => {
    const posted: ExecutorMessage[] = []
    const port = { post: (message: unknown) => posted.push(message as ExecutorMessage), listen: () => {} }
    const action = { kind: 'save', format: 'text', prefix: '', suffix: '' } as const
    const outputs = [{ node: 'a', name: 'a', stream: 0, action }]
    // Each of them takes two characters.
    const files = [{ partition: 0, records: 1, text: '"'.repeat(70_000_000) }]
    postReply(
      port,
      1,
      { timeMs: 1000, jobs: [{ output: 0, rows: [], lines: [], files }], nodes: [], snapshots: [] },
      outputs,
    )
    expect(posted).toHaveLength(1)
    expect(posted.every((message) => parseExecutorMessage(message).ok)).toBe(true)
    const [first] = posted
    const reply = parseReply(first?.kind === 'part' ? first.text : '')
    const said = expect.stringContaining(`${MAX_REPLY_CHARS / 1_000_000} million characters`)
    expect(reply).toMatchObject({ value: { jobs: [{ output: 0, failure: { node: 'a', message: said } }] } })
  })
})
