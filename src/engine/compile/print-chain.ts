import { invariant } from '#engine/model/invariant.ts'
import type { FunctionRef } from '#engine/operator/function-ref.ts'
import type { Combine, NarrowStep } from '#engine/operator/stream-spec.ts'
import type { Chain, PlanStream } from './plan.ts'

/** Prints the loop of one chain as a property `name: function`.
 *
 *  The loop calls the user's functions and never inlines them (inlining gains nothing). It comes twice in the text: first with the
 *  first `limit` records of every step handed to `keep`, then without, so that V8 need not make records that nobody keeps. For the
 *  same reason a failure does not hold the records on their way: `at` is the step whose function runs, `i`, `i1`… say where in
 *  the input and in the results of the flatMaps, and `reach` calls the functions before once more to find the record.
 *  Where one of the functions may change what it is given, the loop works on copies of its input, which may be kept: Spark reads that
 *  anew from its serialized form. Functions are not given a copy each: mergeValue may add to its combiner.
 *  What a filter lets through is what it was given less what it held back: a record is counted once at most, where it falls out.
 *  Shape:  collect: `(input, limit, keep, counts) => output records`
 *          combine: `(input, limit, keep, counts) => pairs`, map-side combined, keys in order of first arrival
 *          combine without map side: `… => pairs`, as they are
 *          `counts[i]` is set to the records of step i
 *  Fails: throws what `kernel.stepFailure` makes of a thrown value; of functions that do not give the same twice it may name the
 *  input's record in place of the step's */
export function printChain(chain: Chain, streams: readonly PlanStream[]): string {
  const steps = chain.steps.map((id) => {
    const spec = streams[id]?.spec
    invariant(spec?.kind === 'narrow', `step ${id} is narrow`)
    return { kind: spec.step, fn: spec.fn }
  })
  const target = chain.combineFor === undefined ? undefined : streams[chain.combineFor]?.spec
  invariant(target === undefined || target.kind === 'shuffled', 'only a shuffle combines')
  const terminal = target === undefined ? collect : combineTerminal(target.combine, String(chain.combineFor))
  const ids = chain.combineFor === undefined ? chain.steps : [...chain.steps, chain.combineFor]
  const nodes = new Set(ids.map((id) => streams[id]?.node))
  return new ChainPrinter(steps, terminal).print(chain.name, [...nodes].join(' ').slice(0, 100))
}

interface Terminal {
  readonly declare: string
  /** Functions to bind, by local name. */
  readonly bind: Readonly<Record<string, FunctionRef>>
  body(record: string, step: number): string
  readonly result: string
}

const collect: Terminal = {
  declare: 'const out = [];',
  bind: {},
  body: (record) => `out.push(${record});`,
  result: 'out',
}

const asTheyAre: Terminal = {
  declare: 'const out = [];',
  bind: {},
  body: (record, step) => `at = ${step}; ${checkPair(record)} out.push(${record});`,
  result: 'out',
}

/** All records become one value, under the key null. While all of them are numbers they are added up in a variable that holds
 *  nothing else: V8 makes an object of every fraction in a variable that may hold anything. */
function singleTerminal(reduce: FunctionRef): Terminal {
  return {
    declare: 'let mode = 0, sum = 0, whole;',
    bind: { reduce },
    body: (record, step) =>
      [
        `at = ${step};`,
        'if (mode === 1) {',
        `const next = reduce(sum, ${record});`,
        "if (typeof next === 'number') sum = +next;",
        'else { whole = next; mode = 2; }',
        `} else if (mode === 2) whole = reduce(whole, ${record});`,
        `else if (typeof ${record} === 'number') { sum = +${record}; mode = 1; }`,
        `else { whole = ${record}; mode = 2; }`,
      ].join('\n'),
    result: 'mode === 0 ? [] : [[null, mode === 1 ? sum : whole]]',
  }
}

/** One cell a key. `id` names the cells' parts: objects with the same names share what V8 knows of their values.
 *  Texts have a map of their own, so that none need be told from the forms of other keys (see record/key-form.ts). */
function combineTerminal(combine: Combine, id: string): Terminal {
  if (combine.kind === 'combine' && !combine.mapSideCombine) return asTheyAre
  if (combine.kind === 'reduceAll') return singleTerminal(combine.fn)
  const [bind, first, next] = combineParts(combine)
  const [k, v] = [`k${id}`, `v${id}`]
  return {
    declare: 'const texts = new Map(), others = new Map(), cells = [];',
    bind,
    body: (record, step) =>
      [
        `at = ${step}; ${checkPair(record)}`,
        `const key = ${record}[0];`,
        "const isText = typeof key === 'string';",
        "const form = isText || typeof key === 'number' ? key : keyForm(key);",
        'const cell = isText ? texts.get(key) : others.get(form);',
        'if (cell === undefined) {',
        `const made = { ${k}: key, ${v}: ${first(`${record}[1]`)} };`,
        'cells.push(made);',
        'if (isText) texts.set(key, made); else others.set(form, made);',
        `} else ${next(`cell.${v}`, `${record}[1]`)}`,
      ].join('\n'),
    result: `cells.map((cell) => [cell.${k}, cell.${v}])`,
  }
}

type CombineParts = readonly [
  Record<string, FunctionRef>,
  (value: string) => string,
  (cell: string, value: string) => string,
]

function combineParts(combine: Exclude<Combine, { kind: 'reduceAll' }>): CombineParts {
  switch (combine.kind) {
    case 'reduce':
      return [{ reduce: combine.fn }, (value) => value, (cell, value) => `${cell} = reduce(${cell}, ${value});`]
    case 'group':
      return [{}, (value) => `[${value}]`, (cell, value) => `${cell}.push(${value});`]
    case 'combine':
      return [
        { create: combine.create, mergeValue: combine.mergeValue },
        (value) => `create(${value})`,
        (cell, value) => `${cell} = mergeValue(${cell}, ${value});`,
      ]
  }
}

interface Step {
  readonly kind: NarrowStep
  readonly fn: FunctionRef
}

/** Steps count from 1: step n makes vn of the record before it by fn. */
class ChainPrinter {
  private readonly steps: readonly Step[]
  private readonly terminal: Terminal
  /** The record at hand, or a copy of it. */
  private readonly input: string

  constructor(steps: readonly Step[], terminal: Terminal) {
    this.steps = steps
    this.terminal = terminal
    const functions = [...steps.map(({ fn }) => fn), ...Object.values(terminal.bind)]
    this.input = functions.some((fn) => fn.changes === true) ? 'copyRecord(input[i])' : 'input[i]'
  }

  /** `label`: what a profiler calls the loop. */
  print(name: string, label: string): string {
    const { steps, terminal } = this
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
      `const loops = { [${JSON.stringify(label)}]: function (input, limit, keep, counts) {`,
      `let ${variables.join(', ')};`,
      terminal.declare,
      'try {',
      ...(steps.length === 0 ? [] : [this.printLoop(` && (${missing})`, true)]),
      this.printLoop('', false),
      `} catch (error) { throw stepFailure(error, at - 1, reach(${reach})); }`,
      ...numbers.map((n) => `counts[${n - 1}] = ${this.countOf(n)};`),
      `return ${terminal.result};`,
      '} };',
      `return loops[${JSON.stringify(label)}];`,
      '})(),',
    ].join('\n')
  }

  private printLoop(condition: string, keeps: boolean): string {
    const { steps, terminal } = this
    // What a flatMap gave is counted when all of it has been taken, unless the loop that keeps records has done so one by one.
    const closing = steps.flatMap(({ kind }, index) =>
      flattens(kind) ? [keeps ? '}' : `}\nn${index + 1} += i${index + 1};`] : [],
    )
    return [
      `for (; i < input.length${condition}; i++) {`,
      `const v0 = ${this.input};`,
      ...steps.flatMap(({ kind }, index) => {
        const n = index + 1
        return [`at = ${n};`, apply[kind](n), ...(keeps ? [this.printKeep(n)] : [])]
      }),
      terminal.body(`v${steps.length}`, steps.length + 1),
      ...closing.reverse(),
      '}',
    ].join('\n')
  }

  /** Counts, and keeps the first `limit` records. */
  private printKeep(n: number): string {
    const counter = this.counterOf(n)
    // The input's own counter goes up behind the record, all others go up at it.
    const isFirst = counts(this.kindOf(n)) ? `n${n}++ < limit` : counter === 'i' ? 'i < limit' : `${counter} <= limit`
    return `if (${isFirst}) keep(${n - 1}, v${n});`
  }

  /** The records of step n, when the loops are done. */
  private countOf(n: number): string {
    if (n === 0) return 'i'
    const kind = this.kindOf(n)
    if (flattens(kind)) return `n${n}`
    return kind === 'filter' ? `${this.countOf(n - 1)} - r${n}` : this.countOf(n - 1)
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

/** Step n inside the loop; a flatMap opens a loop of its own. */
const apply: Record<NarrowStep, (n: number) => string> = {
  map: (n) => `const v${n} = f${n}(v${n - 1});`,
  filter: (n) => `if (!f${n}(v${n - 1})) { r${n}++; continue; }\nconst v${n} = v${n - 1};`,
  mapValues: (n) => `${checkPair(`v${n - 1}`)}\nconst v${n} = [v${n - 1}[0], f${n}(v${n - 1}[1])];`,
  flatMap: (n) => each(n, `f${n}(v${n - 1})`, (item) => item),
  flatMapValues: (n) =>
    `${checkPair(`v${n - 1}`)}\n${each(n, `f${n}(v${n - 1}[1])`, (item) => `[v${n - 1}[0], ${item}]`)}`,
}

/** Step n once more, for the one record at the positions of the flatMaps. */
const again: Record<NarrowStep, (n: number) => string> = {
  map: apply.map,
  filter: (n) => `const v${n} = v${n - 1};`,
  mapValues: apply.mapValues,
  flatMap: (n) => `const v${n} = items(f${n}(v${n - 1}))[i${n}];`,
  flatMapValues: (n) => `const v${n} = [v${n - 1}[0], items(f${n}(v${n - 1}[1]))[i${n}]];`,
}

function each(n: number, list: string, take: (item: string) => string): string {
  return `const a${n} = items(${list});\nfor (i${n} = 0; i${n} < a${n}.length; i${n}++) {\nconst v${n} = ${take(`a${n}[i${n}]`)};`
}

function checkPair(record: string): string {
  return `if (!Array.isArray(${record}) || ${record}.length !== 2) notAPair(${record});`
}
