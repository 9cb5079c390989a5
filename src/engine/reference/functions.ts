import { ANY, list, NULL, NUMBER, pair, type RecordType, TEXT } from './record-type.ts'

// The functions that random graphs are made of, by what they take. Some throw on certain records. None changes what it gets, and none
// makes -0, which a number's text does not show.

/** A function and what its results are. `ordered`: it shows the order of what it gets, so it stands only where the order is known. */
export interface TypedFunction {
  readonly source: string
  readonly gives: RecordType
  readonly ordered?: boolean
}

const gives = (source: string, type: RecordType): TypedFunction => ({ source, gives: type })

export function mapFunctions(type: RecordType): readonly TypedFunction[] {
  const general = [
    gives('x => x', type),
    gives('x => [JSON.stringify(x).length % 3, x]', pair(NUMBER, type)),
    gives('x => JSON.stringify(x).slice(0, 6)', TEXT),
    gives('x => [null, x]', pair(NULL, type)),
  ]
  switch (type.kind) {
    case 'number':
      return [
        gives('n => n + 1', NUMBER),
        gives('n => [n, 1]', pair(NUMBER, NUMBER)),
        gives("n => ['k' + (n % 3), n]", pair(TEXT, NUMBER)),
        gives("n => { if (n === 3) throw new Error('three'); return n }", NUMBER),
        ...general,
      ]
    case 'text':
      return [
        gives('s => s.length', NUMBER),
        gives('s => [s, 1]', pair(TEXT, NUMBER)),
        gives('s => [s.slice(0, 1), s]', pair(TEXT, TEXT)),
        gives("s => { if (s === 'bb') throw new Error('bb'); return s }", TEXT),
        ...general,
      ]
    case 'pair':
      return [gives('([k, v]) => [v, k]', pair(type.value, type.key)), gives('([k, v]) => v', type.value), ...general]
    case 'list':
      return [gives('xs => xs.length', NUMBER), ...general]
    default:
      return general
  }
}

export function filterFunctions(type: RecordType): readonly string[] {
  const general = ['x => true', 'x => false', 'x => JSON.stringify(x).length % 2 === 0']
  if (type.kind === 'number')
    return ['n => n % 2 === 0', ...general, "n => { if (n > 4) throw new Error('large'); return n > 1 }"]
  return general
}

export function flatMapFunctions(type: RecordType): readonly TypedFunction[] {
  const general = [gives('x => [x]', type), gives('x => [x, x]', type), gives('x => []', type)]
  switch (type.kind) {
    case 'number':
      return [gives('n => n % 2 === 0 ? [] : [n, n + 1]', NUMBER), ...general, gives('n => n === 5 ? n : [n]', NUMBER)]
    case 'text':
      return [gives('s => s', TEXT), ...general]
    case 'list':
      return [gives('xs => xs', type.of), ...general]
    default:
      return general
  }
}

/** `keeps`: keys stay in their partitions. */
export function partitionFunctions(type: RecordType): readonly (TypedFunction & { readonly keeps: boolean })[] {
  return [
    { source: 'xs => xs', gives: type, keeps: true },
    { source: 'xs => [...xs].reverse()', gives: type, keeps: true, ordered: true },
    { source: 'xs => xs.slice(0, 2)', gives: type, keeps: true, ordered: true },
    { source: 'xs => [xs.length]', gives: NUMBER, keeps: false },
    {
      source: "xs => { if (xs.length > 3) throw new Error('many'); return xs }",
      gives: type,
      keeps: true,
    },
  ]
}

/** Two of a type to one. */
export function reduceFunctions(type: RecordType): readonly TypedFunction[] {
  const first: TypedFunction = { source: '(a, b) => a', gives: type, ordered: true }
  switch (type.kind) {
    case 'number':
      return [
        gives('(a, b) => a + b', NUMBER),
        gives('(a, b) => Math.max(a, b)', NUMBER),
        { source: '(a, b) => (a * 7 + b + 10100) % 101', gives: NUMBER, ordered: true },
        { source: "(a, b) => { if (a + b > 9) throw new Error('much'); return a + b }", gives: NUMBER, ordered: true },
        first,
      ]
    case 'text':
      return [
        gives('(a, b) => (a < b ? a : b)', TEXT),
        { source: '(a, b) => (a + b).slice(-9)', gives: TEXT, ordered: true },
        first,
      ]
    case 'list':
      return [{ source: '(a, b) => [...a, ...b].slice(0, 6)', gives: type, ordered: true }, first]
    default:
      return [first]
  }
}

export interface Invertible {
  readonly reduce: string
  readonly inverse: string
  readonly ordered?: boolean
}

/** Reductions that can be undone. */
export function invertibleFunctions(type: RecordType): readonly Invertible[] {
  if (type.kind === 'number')
    return [
      { reduce: '(a, b) => a + b', inverse: '(a, b) => a - b' },
      {
        reduce: "(a, b) => { if (a + b > 12) throw new Error('much'); return a + b }",
        inverse: '(a, b) => a - b',
        ordered: true,
      },
      {
        reduce: '(a, b) => a + b',
        inverse: "(a, b) => { if (a === b) throw new Error('nothing left'); return a - b }",
        ordered: true,
      },
    ]
  if (type.kind === 'text')
    return [{ reduce: '(a, b) => a + b', inverse: '(a, b) => a.slice(b.length)', ordered: true }]
  return []
}

/** Filters of an incremental window: the third drops keys that still have values in it. */
export const windowFilters = ['([key, value]) => value !== 0', '([key, value]) => true', '([key, value]) => value > 2']

export const combiners = [
  { create: 'v => [v]', mergeValue: '(all, v) => [...all, v]', mergeCombiner: '(a, b) => [...b, ...a]', of: list },
  { create: 'v => 1', mergeValue: '(n, v) => n + 1', mergeCombiner: '(n, m) => n + m + 10', of: () => NUMBER },
] as const

export interface UpdateFunction {
  readonly fn: string
  readonly variant: 'values' | 'timeKeyValuesState' | 'iterator'
  readonly gives: RecordType
  readonly ordered?: boolean
}

/** Functions of updateStateByKey; states are numbers, so that initial ones fit. */
export function updateFunctions(type: RecordType): readonly UpdateFunction[] {
  const values = (fn: string): UpdateFunction => ({ fn, variant: 'values', gives: NUMBER })
  return [
    values('(values, state) => (state ?? 0) + values.length'),
    values('(values, state) => values.length === 0 ? undefined : (state ?? 0) + values.length'),
    values('(values, state) => (state ?? 0) > 3 ? null : (state ?? 0) + 1'),
    values("(values, state) => { if ((state ?? 0) > 3) throw new Error('full'); return (state ?? 0) + values.length }"),
    {
      fn: '(timeMs, key, values, state) => (state ?? 0) + timeMs + JSON.stringify(key).length',
      variant: 'timeKeyValuesState',
      gives: NUMBER,
    },
    {
      fn: 'entries => [...entries].map(([key, values, state]) => [key, (state ?? 0) + values.length])',
      variant: 'iterator',
      gives: NUMBER,
    },
    {
      fn: 'entries => [...entries].flatMap(([key, values, state]) => [[key, (state ?? 0) + values.length], [key, -1]])',
      variant: 'iterator',
      gives: NUMBER,
    },
    ...(type.kind === 'number'
      ? [values('(values, state) => values.reduce((a, b) => a + b, state ?? 0)')]
      : [{ ...values('(values, state) => JSON.stringify(values).length % 7'), ordered: true }]),
  ]
}

export interface MapStateFunction {
  readonly fn: string
  readonly api: 'simple' | 'advanced'
  gives(key: RecordType): RecordType
}

/** Functions of mapWithState; states are numbers. */
export const mapStateFunctions: readonly MapStateFunction[] = [
  {
    fn: '(key, value, state) => { if (state.isTimingOut()) return [key, -1]; const n = (state.getOption() ?? 0) + 1; state.update(n); return [key, n] }',
    api: 'simple',
    gives: (key) => pair(key, NUMBER),
  },
  {
    fn: '(key, value, state) => { if (state.isTimingOut()) return 100; if (state.exists() && state.get() > 1) { state.remove(); return 0 } state.update((state.getOption() ?? 0) + 1); return state.get() }',
    api: 'simple',
    gives: () => NUMBER,
  },
  {
    fn: '(timeMs, key, value, state) => { if (state.exists()) return; state.update(timeMs); return key }',
    api: 'advanced',
    gives: () => ANY,
  },
  { fn: '(key, value, state) => { state.update(1); return 1 }', api: 'simple', gives: () => NUMBER },
  { fn: '(key, value, state) => state.exists() ? state.get() : 0', api: 'simple', gives: () => NUMBER },
]
