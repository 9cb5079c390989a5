import { describe, expect, test } from 'vitest'
import { checkNode } from '#engine/operator/testing/check-node.ts'
import { printStreams, recordLowering } from '#engine/operator/testing/record-lowering.ts'
import { updateStateByKey } from './update-state-by-key.ts'

const fn = '(values, state) => values.length'

describe('updateStateByKey', () => {
  test('is a state stream without initial states', () => {
    expect(printStreams(recordLowering(updateStateByKey, { fn }))).toEqual([
      { kind: 'state', parent: 0, update: { variant: 'values', fn }, initial: [], partitions: 2 },
    ])
  })

  test('hands every choice on', () => {
    const params = {
      fn: '(entries) => entries',
      variant: 'iterator',
      initial: [['a', 1]],
      checkpointMs: 5000,
      numPartitions: 3,
    }
    expect(printStreams(recordLowering(updateStateByKey, params))).toMatchObject([
      { update: { variant: 'iterator' }, initial: [['a', 1]], checkpointMs: 5000, partitions: 3 },
    ])
  })

  test('warns of more parameters than its form has', () => {
    expect(checkNode(updateStateByKey, { fn: '(time, key, values, state) => 1' })).toMatchObject([
      { code: 'function/too-many-parameters', severity: 'warning', param: 'fn' },
    ])
    const four = { fn: '(time, key, values, state) => 1', variant: 'timeKeyValuesState' }
    expect(checkNode(updateStateByKey, four)).toEqual([])
  })
})

describe('checkpoints', () => {
  test('must be on', () => {
    expect(checkNode(updateStateByKey, { fn, checkpointMs: 500 }, { checkpointing: false })).toMatchObject([
      {
        code: 'checkpoint/no-directory',
        severity: 'error',
        message: 'The checkpoint directory has not been set. Please set it by StreamingContext.checkpoint().',
        node: 'n',
        path: ['settings', 'checkpoint'],
      },
    ])
  })

  test('come at most once per slide', () => {
    expect(checkNode(updateStateByKey, { fn, checkpointMs: 1000 }, { inputSlidesMs: [2000] })).toMatchObject([
      {
        code: 'checkpoint/interval-too-short',
        param: 'checkpointMs',
        message:
          'The checkpoint interval for StateDStream has been set to 1000 ms which is lower than its slide time (2000 ms). Please set it to at least 2000 ms.',
        fixes: [{ value: 2000 }],
      },
    ])
  })

  test('come with every so many slides', () => {
    expect(checkNode(updateStateByKey, { fn, checkpointMs: 3000 }, { inputSlidesMs: [2000] })).toMatchObject([
      {
        code: 'checkpoint/interval-not-a-multiple',
        param: 'checkpointMs',
        message:
          'The checkpoint interval for StateDStream has been set to 3000 ms which not a multiple of its slide time (2000 ms). Please set it to a multiple of 2000 ms.',
        fixes: [{ value: 2000 }, { value: 4000 }],
      },
    ])
    expect(checkNode(updateStateByKey, { fn, checkpointMs: 4000 }, { inputSlidesMs: [2000] })).toEqual([])
  })
})
