import type { Chain, PlanStream } from '#engine/compile/plan.ts'
import { invariant } from '#engine/model/invariant.ts'
import type { StreamId } from '#engine/operator/stream-spec.ts'
import { FunctionReader } from './function-reader.ts'
import { NotBuiltIn } from './not-built-in.ts'
import { knowsCase } from './separator.ts'
import type {
  Demand,
  NumberTerm,
  PackedEnd,
  PackedProgram,
  PackedStep,
  Reduction,
  Region,
  Term,
  Test,
} from './terms.ts'

/** Steps beyond which the loop, which is one function, gets too large for V8 to compile for speed. */
const MOST_STEPS = 64

/** Why records of a chain are made one by one, and the first of its streams that wants them. */
export interface PackedRefusal {
  readonly stream: StreamId
  readonly why: 'function' | 'grouping' | 'records' | 'length'
  /** Text of the function that is more than built-in work. */
  readonly part?: string
}

/** The chain as work on the text of its base's blocks.
 *  Shape: `chain` begins at a stream that brings lines; `shared`: names that shared code declares */
export function findPacked(
  chain: Omit<Chain, 'name'>,
  streams: readonly PlanStream[],
  shared: readonly string[],
): PackedProgram | PackedRefusal {
  let at = chain.base
  const tooFar = chain.steps[MOST_STEPS]
  if (tooFar !== undefined) return { stream: tooFar, why: 'length' }
  try {
    let record: Term = { kind: 'text', region: { kind: 'line' }, lowered: false }
    const steps: PackedStep[] = []
    for (at of chain.steps) {
      const spec = streams[at]?.spec
      invariant(spec?.kind === 'narrow', `step ${at} is narrow`)
      const reader = new FunctionReader(spec.fn.source, shared)
      const { demands } = reader
      if (spec.step === 'filter') steps.push({ kind: 'filter', test: reader.test(record), demands })
      else if (spec.step === 'map' || spec.step === 'mapValues') {
        record = spec.step === 'map' ? reader.result(record) : mapValue(record, reader)
        steps.push({ kind: 'map', demands })
      } else {
        const pieces: Term | undefined = spec.step === 'flatMap' ? reader.result(record) : undefined
        if (pieces?.kind !== 'pieces') throw new NotBuiltIn(spec.fn.source)
        steps.push({ kind: 'flatMap', pieces, demands })
        record = pieces.piece
      }
    }
    at = chain.combineFor ?? chain.end
    const end = chain.combineFor === undefined ? collectEnd(record, steps) : reduceEnd(record, streams[at])
    if (end === undefined) return { stream: at, why: chain.combineFor === undefined ? 'records' : 'grouping' }
    const program = { steps, end }
    return isPossible(program) ? program : { stream: at, why: 'records' }
  } catch (thrown) {
    if (thrown instanceof NotBuiltIn) return { stream: at, why: 'function', part: thrown.part }
    throw thrown
  }
}

function mapValue(record: Term, reader: FunctionReader): Term {
  if (record.kind !== 'pair') throw new NotBuiltIn('')
  return { ...record, value: reader.result(record.value) }
}

function reduceEnd(record: Term, shuffled: PlanStream | undefined): PackedEnd | undefined {
  invariant(shuffled?.spec.kind === 'shuffled', 'only a shuffle combines')
  const { combine } = shuffled.spec
  if (combine.kind !== 'reduce' && combine.kind !== 'reduceAll') return undefined
  const pair: Term =
    combine.kind === 'reduce' ? record : { kind: 'pair', key: { kind: 'constant', value: null }, value: record }
  if (pair.kind !== 'pair') return undefined
  const by = reductions.find((each) => each === combine.fn.known)
  if (by === undefined || !isKey(pair.key)) return undefined
  const { key } = pair
  if (pair.value.kind === 'member')
    return {
      kind: 'reduce',
      by,
      key,
      value: { kind: 'numeric', name: pair.value.name },
      demands: [{ ...pair.value, is: 'number' }],
    }
  return isNumber(pair.value) ? { kind: 'reduce', by, key, value: pair.value, demands: [] } : undefined
}

const reductions: readonly Reduction[] = ['sum', 'max', 'min']

/** Only where it spares making what the general loop makes. */
function collectEnd(record: Term, steps: readonly PackedStep[]): PackedEnd | undefined {
  const demands: Demand[] = []
  const isFiltered = steps.some(({ kind }) => kind === 'filter')
  const isWorth = record.kind === 'text' && record.region.kind === 'line' ? isFiltered : isPlainRecord(record)
  return isWorth ? { kind: 'collect', record, demands } : undefined
}

function isPlainRecord(record: Term): boolean {
  if (record.kind === 'pair') return isKey(record.key) && isScalar(record.value)
  return isScalar(record) && !(record.kind === 'text' && isWord(record.region))
}

function isWord(region: Region): boolean {
  return region.kind === 'trimmed' ? isWord(region.of) : region.kind === 'word'
}

/** A text for a number is joined and not added. */
function isNumber(term: Term): term is NumberTerm {
  if (term.kind === 'constant') return typeof term.value === 'number'
  return ['length', 'fields', 'number', 'numeric', 'arithmetic'].includes(term.kind)
}

const isScalar = ({ kind }: Term): boolean => kind !== 'pieces' && kind !== 'json' && kind !== 'pair'

const isKey = (key: Term): boolean =>
  key.kind === 'text' ||
  key.kind === 'member' ||
  key.kind === 'constant' ||
  (key.kind === 'number' && key.by === 'Number')

/** The loop finds the fields of a line in one way, and reads one copy of the text, lower-cased or not. Where it reads no single characters, it must be
 *  able to skip lines: to look at each of them is what the general loop does as well. */
function isPossible(program: PackedProgram): boolean {
  const { steps, end } = program
  const demands = [...steps, end].flatMap((each) => each.demands)
  const fields = demands.flatMap((each) => (each.kind === 'fields' ? [each.split] : []))
  const splits = [...fields, ...steps.flatMap((each) => (each.kind === 'flatMap' ? [each.pieces.split] : []))]
  const flat = steps.findIndex(({ kind }) => kind === 'flatMap')
  // Within the pieces of a line nothing else of it can be looked for.
  if (flat >= 0 && [...steps.slice(flat + 1), end].some((each) => each.demands.length > 0)) return false
  if (new Set(fields.map((each) => JSON.stringify(each))).size > 1) return false
  const isLow = readsLowered(program)
  if (splits.some(({ separator, lowered }) => lowered !== isLow && knowsCase(separator))) return false
  const isJson = demands.some(({ kind }) => kind === 'json')
  if (isLow && isJson) return false
  return splits.length > 0 || isJson || needleToSkipTo(steps[0]) !== undefined
}

/** Whether the loop reads the lower-cased text: it looks keys up in it. */
export function readsLowered({ end }: PackedProgram): boolean {
  const record = end.kind === 'collect' ? end.record : end
  const key = record.kind === 'pair' || record.kind === 'reduce' ? record.key : undefined
  return key?.kind === 'text' && key.lowered
}

/** What every line that passes the first step holds. */
export function needleToSkipTo(
  step: PackedStep | undefined,
): { readonly needle: string; readonly lowered: boolean } | undefined {
  return step?.kind === 'filter' && step.demands.length === 0 ? needleIn(step.test) : undefined
}

function needleIn(test: Test): { readonly needle: string; readonly lowered: boolean } | undefined {
  if (test.kind === 'all') return test.tests.map(needleIn).find((each) => each !== undefined)
  if (test.kind !== 'find' || test.how !== 'includes' || test.needle === '') return undefined
  return { needle: test.needle, lowered: test.text.lowered }
}
