import { describe, expect, test } from 'vitest'
import { parsePipeline } from '#engine/model/parse-pipeline.ts'
import type { CheckpointComparison } from '#protocol/driver-service.ts'
import { createDocumentStore } from '#ui/state/document-store.ts'
import { createRunStore } from '#ui/state/run-store.ts'
import type { RestartChoice } from './restart-question.ts'
import { RunStarter, type StarterOptions } from './run-starter.ts'

const parsed = parsePipeline({ format: 'sluice/1', name: 'T', settings: { checkpoint: true }, nodes: [], edges: [] })
if (!parsed.ok) throw new Error('the document is one')
const pipeline = parsed.value
const other: CheckpointComparison = { same: false, checkpointMs: 1, savedAtMs: 1, fates: [], holdsData: true }

function starterWith(comparison: CheckpointComparison | undefined, answer?: RestartChoice, always = false) {
  const log: string[] = []
  const kept = new Map<string, string>()
  // Of the client only what a starter calls.
  const client = {
    run: async (from: string) => void log.push(from),
    stop: async () => void log.push('stop'),
    step: async () => void log.push('step'),
    findCheckpoint: async () => (comparison === undefined ? undefined : {}),
    checkpoints: { compare: async () => comparison },
  } as unknown as StarterOptions['client']
  const starter = new RunStarter({
    client,
    run: createRunStore(),
    document: createDocumentStore({ id: 'it', pipeline, origin: 'own' }),
    ask: async () => {
      log.push('ask')
      return { choice: answer, always }
    },
    memory: { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => void kept.set(key, value) },
  })
  return { starter, log }
}

describe('Run', () => {
  test.each<[string, CheckpointComparison | undefined]>([
    ['no checkpoint', undefined],
    ['one of the same program', { ...other, same: true }],
    ['one that holds nothing', { ...other, holdsData: false }],
  ])('asks nothing with %s', async (_what, comparison) => {
    const { starter, log } = starterWith(comparison)
    await starter.start()
    expect(log).toEqual(['fresh'])
  })

  test.each<[RestartChoice | undefined, string[]]>([
    ['keep', ['ask', 'keep']],
    ['saved', ['ask', 'resume']],
    ['fresh', ['ask', 'fresh']],
    [undefined, ['ask']],
  ])('asks when something would be lost, and does %s', async (answer, expected) => {
    const { starter, log } = starterWith(other, answer)
    await starter.start()
    expect(log).toEqual(expected)
  })

  test('remembers an answer for the pipeline when told so; Go on asks all the same', async () => {
    const { starter, log } = starterWith(other, 'keep', true)
    await starter.start()
    await starter.restart()
    await starter.resume()
    expect(log).toEqual(['ask', 'keep', 'stop', 'keep', 'ask', 'keep'])
  })
})

test('a first step asks as Run does', async () => {
  const { starter, log } = starterWith(other, 'keep')
  await starter.step()
  expect(log).toEqual(['ask', 'keep', 'step'])
})

test('a restart that is called off leaves alone what runs', async () => {
  const { starter, log } = starterWith(other, undefined)
  await starter.restart()
  expect(log).toEqual(['ask'])
})

test('Go on takes the checkpoint of the same program as it is', async () => {
  const { starter, log } = starterWith({ ...other, same: true })
  await starter.resume()
  expect(log).toEqual(['resume'])
})
