import { invariant } from '#engine/model/invariant.ts'
import type { FunctionRef } from '#engine/operator/function-ref.ts'
import type { NarrowStep } from '#engine/operator/stream-spec.ts'
import { checkPair, collect, combineTerminal, type Terminal } from './chain-terminal.ts'
import type { Chain, PlanStream } from './plan.ts'

/** Steps of a section, at most. */
const SECTION_STEPS = 64

/** Prints the loop of one chain as a property `name: function`.
 *
 *  The loop calls the user's functions and never inlines them (inlining gains nothing). It comes twice in the text: first with the
 *  first `limit` records of every step handed to `keep`, then without, so that V8 need not make records that nobody keeps. For the
 *  same reason a failure does not hold the records on their way: `at` is the step whose function runs, `i`, `i1`… say where in
 *  the input and in the results of the flatMaps, and `reach` calls the functions before once more to find the record.
 *  Where one of the functions may change what it is given, the loop works on copies of its input, which may be kept: Spark reads that
 *  anew from its serialized form. Functions are not given a copy each: mergeValue may add to its combiner.
 *  What a filter lets through is what it was given less what it held back: a record is counted once at most, where it falls out.
 *  A long chain comes in sections, functions within the loop's of which each hands a record to the next, so that all else stays as in
 *  one: V8 compiles a function for speed only after the more calls the longer it is, and a very long one never.
 *  Shape:  collect: `(input, limit, keep, counts) => output records`
 *          combine: `(input, limit, keep, counts) => pairs`, map-side combined, keys in order of first arrival
 *          combine without map side: `… => pairs`, as they are
 *          `counts[i]` is set to the records of step i
 *  Fails: throws what `kernel.stepFailure` makes of a thrown value; of functions that do not give the same twice it may name the
 *  input's record in place of the step's */
export function printChain(chain: Chain, streams: readonly PlanStream[], sectionSteps = SECTION_STEPS): string {
  const steps = chain.steps.map((id) => {
    const spec = streams[id]?.spec
    invariant(spec?.kind === 'narrow', `step ${id} is narrow`)
    return { kind: spec.step, fn: spec.fn }
  })
  const target = chain.combineFor === undefined ? undefined : streams[chain.combineFor]?.spec
  invariant(target === undefined || target.kind === 'shuffled', 'only a shuffle combines')
  const terminal = target === undefined ? collect : combineTerminal(target.combine, String(chain.combineFor))
  const ids = chain.combineFor === undefined ? chain.steps : [...chain.steps, chain.combineFor]
  const nodes = ids.map((id) => streams[id]?.node ?? '')
  return new ChainPrinter(steps, terminal, nodes, sectionSteps).print(chain.name)
}

interface Step {
  readonly kind: NarrowStep
  readonly fn: FunctionRef
}

/** Steps count from 1: step n makes vn of the record before it by fn. */
class ChainPrinter {
  private readonly steps: readonly Step[]
  private readonly sectionSteps: number
  private readonly terminal: Terminal
  /** Of the steps, and of what follows them. */
  private readonly nodes: readonly string[]
  /** The record at hand, or a copy of it. */
  private readonly input: string

  constructor(steps: readonly Step[], terminal: Terminal, nodes: readonly string[], mostSteps: number) {
    this.steps = steps
    this.terminal = terminal
    this.nodes = nodes
    this.sectionSteps = Math.ceil(steps.length / Math.max(1, Math.ceil(steps.length / mostSteps)))
    const functions = [...steps.map(({ fn }) => fn), ...Object.values(terminal.bind)]
    this.input = functions.some((fn) => fn.changes === true) ? 'copyRecord(input[i])' : 'input[i]'
  }

  print(name: string): string {
    const { steps, terminal } = this
    const label = this.labelOf(this.nodes)
    const numbers = steps.map((_, index) => index + 1)
    const positions = numbers.filter((n) => flattens(this.kindOf(n))).map((n) => `i${n}`)
    const counters = [...new Set(numbers.map((n) => this.counterOf(n)))]
    const heldBack = numbers.filter((n) => this.kindOf(n) === 'filter').map((n) => `r${n}`)
    const variables = ['at', ...new Set(['i', ...counters]), ...heldBack, ...positions].map((each) => `${each} = 0`)
    const missing = counters.map((each) => `${each} < limit`).join(' || ')
    const reach = ['at', this.input, ...positions].join(', ')
    return [
      `${JSON.stringify(name)}: (() => {`,
      ...steps.map(({ fn }, index) => `const f${index + 1} = ${printFunction(fn)};`),
      ...Object.entries(terminal.bind).map(([local, fn]) => `const ${local} = ${printFunction(fn)};`),
      this.printReach(['at', 'v0', ...positions]),
      `const loops = { [${label}]: function (input, limit, keep, counts) {`,
      `let ${variables.join(', ')};`,
      terminal.declare,
      ...this.printSections(),
      'try {',
      ...(steps.length === 0 ? [] : [this.printLoop(` && (${missing})`, true)]),
      this.printLoop('', false),
      // Not as a function that knows them: V8 keeps what such a one shares with the loop in memory.
      `} catch (error) { throw stepFailure(error, at - 1, reach, [${reach}]); }`,
      ...numbers.map((n) => `counts[${n - 1}] = ${this.countOf(n)};`),
      `return ${terminal.result};`,
      '} };',
      `return loops[${label}];`,
      '})(),',
    ].join('\n')
  }

  private printLoop(condition: string, keeps: boolean): string {
    return [
      `for (; i < input.length${condition}; i++) {`,
      `const v0 = ${this.input};`,
      this.printSection(1, keeps, 'continue'),
      '}',
    ].join('\n')
  }

  /** All sections but the first, which is the loop. */
  private printSections(): readonly string[] {
    const starts = this.steps.flatMap((_, index) => (index > 0 && index % this.sectionSteps === 0 ? [index + 1] : []))
    return starts.flatMap((from) =>
      [true, false].map((keeps) =>
        [
          `const ${sectionName(from, keeps)} = { [${this.labelOf(this.nodes.slice(from - 1, from - 1 + this.sectionSteps))}]: (v${from - 1}) => {`,
          this.printSection(from, keeps, 'return'),
          `} }[${this.labelOf(this.nodes.slice(from - 1, from - 1 + this.sectionSteps))}];`,
        ].join('\n'),
      ),
    )
  }

  /** What a profiler calls a function that runs steps of these nodes, as a literal. */
  private labelOf(nodes: readonly string[]): string {
    return JSON.stringify([...new Set(nodes)].join(' ').slice(0, 100))
  }

  /** The steps from `from` on and what follows them; `leave` goes on with the next record. */
  private printSection(from: number, keeps: boolean, leave: 'continue' | 'return'): string {
    const end = from + this.sectionSteps
    const steps = this.steps.slice(from - 1, end - 1)
    const last = from + steps.length - 1
    const opened = steps.findIndex(({ kind }) => flattens(kind))
    // What a flatMap gave is counted when all of it has been taken, unless the loop that keeps records has done so one by one.
    const closing = steps.flatMap(({ kind }, index) =>
      flattens(kind) ? [keeps ? '}' : `}\nn${from + index} += i${from + index};`] : [],
    )
    return [
      ...steps.flatMap(({ kind }, index) => {
        const n = from + index
        const out = opened >= 0 && opened < index ? 'continue' : leave
        return [`at = ${n};`, apply[kind](n, out), ...(keeps ? [this.printKeep(n)] : [])]
      }),
      last < this.steps.length ? `${sectionName(end, keeps)}(v${last});` : this.terminal.body(`v${last}`, last + 1),
      ...closing.reverse(),
    ].join('\n')
  }

  /** Counts, and keeps the first `limit` records. */
  private printKeep(n: number): string {
    const counter = this.counterOf(n)
    // The input's own counter goes up behind the record, all others go up at it.
    const isFirst = counts(this.kindOf(n)) ? `n${n}++ < limit` : counter === 'i' ? 'i < limit' : `${counter} <= limit`
    return `if (${isFirst}) keep(${n - 1}, v${n});`
  }

  /** The records of step n, when the loops are done and those of the steps before it are known. */
  private countOf(n: number): string {
    const before = n === 1 ? 'i' : `counts[${n - 2}]`
    const kind = this.kindOf(n)
    if (flattens(kind)) return `n${n}`
    return kind === 'filter' ? `${before} - r${n}` : before
  }

  /** What counts the records of step n while they are kept: a map makes as many as there were. */
  private counterOf(n: number): string {
    if (n === 0) return 'i'
    return counts(this.kindOf(n)) ? `n${n}` : this.counterOf(n - 1)
  }

  /** The record that step `at` was given. */
  private printReach(parameters: readonly string[]): string {
    const path = this.steps.flatMap(({ kind }, index) => [
      `if (at < ${index + 2}) return v${index};`,
      again[kind](index + 1),
    ])
    return [
      `const reach = (${parameters.join(', ')}) => {`,
      'try {',
      ...path,
      `return v${this.steps.length};`,
      '} catch { return v0; }',
      '};',
    ].join('\n')
  }

  private kindOf(n: number): NarrowStep {
    const step = this.steps[n - 1]
    invariant(step !== undefined, `the chain has a step ${n}`)
    return step.kind
  }
}

function printFunction({ name }: FunctionRef): string {
  return `functions[${JSON.stringify(name)}]`
}

const counts = (kind: NarrowStep): boolean => kind !== 'map' && kind !== 'mapValues'

const flattens = (kind: NarrowStep): boolean => kind === 'flatMap' || kind === 'flatMapValues'

const sectionName = (from: number, keeps: boolean): string => `${keeps ? 'kept' : 'rest'}${from}`

/** Step n inside the loop; a flatMap opens a loop of its own. */
const apply: Record<NarrowStep, (n: number, leave: 'continue' | 'return') => string> = {
  map: (n) => `const v${n} = f${n}(v${n - 1});`,
  filter: (n, leave) => `if (!f${n}(v${n - 1})) { r${n}++; ${leave}; }\nconst v${n} = v${n - 1};`,
  mapValues: (n) => `${checkPair(`v${n - 1}`)}\nconst v${n} = [v${n - 1}[0], f${n}(v${n - 1}[1])];`,
  flatMap: (n) => each(n, `f${n}(v${n - 1})`, (item) => item),
  flatMapValues: (n) =>
    `${checkPair(`v${n - 1}`)}\n${each(n, `f${n}(v${n - 1}[1])`, (item) => `[v${n - 1}[0], ${item}]`)}`,
}

/** Step n once more, for the one record at the positions of the flatMaps. */
const again: Record<NarrowStep, (n: number) => string> = {
  map: (n) => apply.map(n, 'continue'),
  filter: (n) => `const v${n} = v${n - 1};`,
  mapValues: (n) => apply.mapValues(n, 'continue'),
  flatMap: (n) => `const v${n} = items(f${n}(v${n - 1}))[i${n}];`,
  flatMapValues: (n) => `const v${n} = [v${n - 1}[0], items(f${n}(v${n - 1}[1]))[i${n}]];`,
}

function each(n: number, list: string, take: (item: string) => string): string {
  return `const a${n} = items(${list});\nfor (i${n} = 0; i${n} < a${n}.length; i${n}++) {\nconst v${n} = ${take(`a${n}[i${n}]`)};`
}
