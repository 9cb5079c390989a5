import fc from 'fast-check'
import { expect, test } from 'vitest'
import { PartitionEdit } from './partition-edit.ts'
import { KeptPartitions } from './past-states.ts'
import { fromGaps, gapsOf, shortGapsOf } from './saved-columns.ts'
import { printEdit, printMapped, printWhole, restorePartition } from './saved-partition.ts'
import { StateMap } from './state-map.ts'
import type { StateRecord } from './state-record.ts'

const record = fc.oneof(
  fc.integer(),
  fc.string(),
  fc.constantFrom<unknown>(undefined, null, Number.NaN, -0, 12n, new Date(5), [undefined], { $: 1 }),
)

test('pairs come back from the whole and the edits since, whatever was copied, replaced and added', () => {
  const steps = fc.array(
    fc.record({ act: fc.constantFrom('copy', 'copy', 'replace', 'add'), place: fc.nat(30), record }),
  )
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.string(), record)), steps, (old, acts) => {
      const edit = new PartitionEdit()
      const pairs: (readonly [unknown, unknown])[] = []
      for (const { act, place: any, record } of acts) {
        const place = old.length === 0 ? 0 : any % old.length
        const before = old[place]
        if (act === 'copy' && before !== undefined) {
          edit.copy(place)
          pairs.push(before)
        } else if (act === 'replace' && before !== undefined) {
          edit.replace(place)
          pairs.push([before[0], record])
        } else {
          edit.add()
          pairs.push(['new', record])
        }
      }
      const whole = printWhole('state', old)
      const text = printEdit('state', pairs, edit)
      expect(restorePartition('state', { kind: 'saved', texts: [whole] })).toEqual(old)
      if (text !== undefined) expect(restorePartition('state', { kind: 'saved', texts: [whole, text] })).toEqual(pairs)
      else expect(edit.size * 2).toBeGreaterThan(pairs.length)
      const earlier = new KeptPartitions([[7, old]])
      const later = new KeptPartitions([[7, pairs]])
      earlier.outdate(7, edit, later)
      expect(earlier.look(7)).toEqual(old)
      expect(earlier.get(7)).toEqual(old)
      expect(earlier.get(7)).toBe(earlier.get(7))
    }),
  )
})

test('states that others came after are what they were, whichever is asked for first', () => {
  const states = Array.from({ length: 6 }, () => new KeptPartitions())
  let pairs = Array.from({ length: 50 }, (_, n): readonly [number, number] => [n, 0])
  const all = [pairs]
  states[0]?.set(0, pairs)
  for (let batch = 1; batch < states.length; batch++) {
    const edit = new PartitionEdit()
    const before = pairs
    pairs = []
    before.forEach((pair, place) => {
      if (place % 7 === batch) return
      if (place % 5 === batch) {
        edit.replace(place)
        pairs.push([pair[0], batch])
      } else {
        edit.copy(place)
        pairs.push(pair)
      }
    })
    edit.add()
    pairs.push([100 + batch, batch])
    all.push(pairs)
    const later = states[batch] ?? new KeptPartitions()
    later.set(0, pairs)
    states[batch - 1]?.outdate(0, edit, later)
  }
  expect(states[2]?.get(0)).toEqual(all[2])
  states.forEach((state, batch) => {
    expect(state.size).toBe(1)
    expect(state.get(0)).toEqual(all[batch])
  })
})

test('texts that were written before there were columns are read', () => {
  const pairs = restorePartition('state', {
    kind: 'saved',
    texts: ['[["a",1],["b",2],["c",3]]', '{"steps":[1,1,1,0,1,0],"records":[["d",{"$":"number","v":"NaN"}]]}'],
  })
  expect(pairs).toEqual([
    ['b', 2],
    ['d', Number.NaN],
    ['c', 3],
  ])
  const [states] = restorePartition('mapWithState', {
    kind: 'saved',
    texts: [
      '[["a",1,1000],["b",2,1000],[["c"],3,1000]]',
      '{"entries":[["b",20,2000],["d",4,2000]],"removed":["a"]}',
      '{"entries":[["a",10,3000]],"removed":["\\u0000[\\"1:c]"]}',
      '{"places":[0],"removed":[1],"keys":["e"],"states":[21,5],"times":[4000]}',
    ],
    mapped: '["out"]',
  }) as readonly StateRecord[] // what a partition of it holds
  expect(states?.states.getAll().map(({ key, state, timeMs }) => [key, state, timeMs])).toEqual([
    ['b', 21, 4000],
    ['a', 10, 3000],
    ['e', 5, 4000],
  ])
  expect(states?.mapped).toEqual(['out'])
})

test('what mapWithState emitted comes back, pairs and others', () => {
  for (const mapped of [
    [],
    [
      ['a', 1],
      ['b', undefined],
    ],
    [['a', 1], 'b'],
    ['ab', 'cd'],
  ]) {
    const record: StateRecord = { states: new StateMap(), mapped }
    const texts = [printWhole('mapWithState', [record])]
    const [restored] = restorePartition('mapWithState', { kind: 'saved', texts, mapped: printMapped([record]) })
    expect(restored).toMatchObject({ mapped })
  }
})

test('a fault is told where it stands in its pair', () => {
  expect(() =>
    printWhole('state', [
      ['a', 1],
      ['b', () => 1],
    ]),
  ).toThrow('The part [1][1] of the value is a function')
})

test('numbers come back from their gaps', () => {
  fc.assert(
    fc.property(fc.array(fc.integer()), (numbers) => {
      expect(fromGaps(gapsOf(numbers))).toEqual(numbers)
      expect(fromGaps(shortGapsOf(numbers), numbers.length)).toEqual(numbers)
    }),
  )
})
