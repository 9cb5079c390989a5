import type { Goal } from './case.ts'

/** What the ratios of times should be, and beyond what a run fails: a guard holds what has been reached, a target says where it should go. */
export const goals: readonly Goal[] = [
  { case: 'wordCount', over: 'engine, records', under: 'hand loop', kind: 'most', target: 1.1, guard: 1.6 },
  { case: 'sixOperators', over: 'engine', under: 'hand loop', kind: 'most', target: 1.15, guard: 1.6 },
  { case: 'grouping', over: 'engine', under: 'hand loop', kind: 'most', target: 1.15, guard: 1.6 },
  { case: 'grep', over: 'engine, records', under: 'hand loop', kind: 'most', target: 1.15, guard: 1.8 },
  { case: 'oneTextOfMany', over: 'engine', under: 'hand loop', kind: 'most', target: 1.15, guard: 1.6 },
  { case: 'afterOthers', over: 'engine after others', under: 'engine alone', kind: 'most', target: 1.1, guard: 1.3 },
  { case: 'sixOperators', over: 'RxJS', under: 'engine', kind: 'least', target: 5, guard: 4 },
  { case: 'grouping', over: 'RxJS groupBy', under: 'engine', kind: 'least', target: 5, guard: 4 },
  { case: 'wordCount', over: 'RxJS groupBy', under: 'engine, records', kind: 'least', target: 5, guard: 3 },
  { case: 'wordCount', over: 'RxJS reduce', under: 'engine, records', kind: 'least', target: 1.4, guard: 1 },
  { case: 'wordCount', over: 'hand loop', under: 'engine, packed', kind: 'least', target: 3, guard: 2 },
  { case: 'blockTransport', over: 'block transport', under: 'word count', kind: 'most', target: 0.15, guard: 0.25 },
  { case: 'shuffleTransport', over: 'objects', under: 'engine columns', kind: 'least', target: 3, guard: 2 },
  {
    case: 'windowSlide',
    over: 'slide with inverse',
    under: 'pane pre-aggregation',
    kind: 'most',
    target: 0.3,
    guard: 0.6,
  },
  {
    case: 'windowSlide',
    over: 'slide without inverse',
    under: 'pane pre-aggregation',
    kind: 'most',
    target: 0.3,
    guard: 0.6,
  },
  {
    case: 'windowSlide',
    over: 're-reduce of all panes',
    under: 'slide without inverse',
    kind: 'least',
    target: 20,
    guard: 10,
  },
  { case: 'windowLength', over: '30 batches', under: '5 batches', kind: 'most', target: 1.5, guard: 2 },
]
