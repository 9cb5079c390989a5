import { invariant } from '#engine/model/invariant.ts'
import type { FunctionRef } from '#engine/operator/function-ref.ts'
import type { Combine, NarrowStep } from '#engine/operator/stream-spec.ts'
import type { Chain, PlanStream } from './plan.ts'

/** Prints the loop of one chain as a property `name: function`.
 *
 *  The loop calls the user's functions and never inlines them (inlining gains nothing). `at` is the step whose function runs and
 *  `v0`, `v1`… the records on their way, so that a failure names both. The first `limit` records of every step are handed to `keep`.
 *  Where one of the functions may change what it is given, the loop
 *  works on copies of its input, which may be kept: Spark reads that anew from its serialized form.
 *  Shape:  collect: `(input, limit, keep, counts) => output records`
 *          combine: `(input, limit, keep, counts) => Map<key form, {k, v}>`, map-side combined
 *          combine without map side: `… => pairs`, as they are
 *          `counts[i]` is set to the records of step i
 *  Fails: throws what `kernel.stepFailure` makes of a thrown value */
export function printChain(chain: Chain, streams: readonly PlanStream[]): string {
  const printer = new ChainPrinter()
  const functions: FunctionRef[] = []
  for (const id of chain.steps) {
    const spec = streams[id]?.spec
    invariant(spec?.kind === 'narrow', `step ${id} is narrow`)
    printer.step(spec.step, spec.fn.name)
    functions.push(spec.fn)
  }
  const target = chain.combineFor === undefined ? undefined : streams[chain.combineFor]?.spec
  invariant(target === undefined || target.kind === 'shuffled', 'only a shuffle combines')
  const terminal = target === undefined ? collect : combineTerminal(target.combine)
  if (target !== undefined) functions.push(...functionsOf(target.combine))
  const copies = functions.some((fn) => fn.changes === true)
  return printer.print(chain.name, terminal, copies)
}

/** The user's functions that a map side calls. */
function functionsOf(combine: Combine): readonly FunctionRef[] {
  switch (combine.kind) {
    case 'reduce':
      return [combine.fn]
    case 'group':
      return []
    case 'combine':
      return combine.mapSideCombine ? [combine.create, combine.mergeValue] : []
  }
}

interface Terminal {
  readonly declare: string
  /** Functions to bind: local name → name in the functions module. */
  readonly bind: Readonly<Record<string, string>>
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

function combineTerminal(combine: Combine): Terminal {
  if (combine.kind === 'combine' && !combine.mapSideCombine) return asTheyAre
  const [bind, first, next] = combineParts(combine)
  return {
    declare: 'const cells = new Map();',
    bind,
    body: (record, step) =>
      [
        `at = ${step}; ${checkPair(record)}`,
        `const key = ${record}[0];`,
        // Strings are their own form unless they start with the escape character, see record/key-form.ts.
        `const form = typeof key === 'string' && key.charCodeAt(0) !== 0 ? key : keyForm(key);`,
        'const cell = cells.get(form);',
        `if (cell === undefined) cells.set(form, { k: key, v: ${first(`${record}[1]`)} });`,
        `else ${next('cell.v', `${record}[1]`)}`,
      ].join('\n'),
    result: 'cells',
  }
}

type CombineParts = readonly [
  Record<string, string>,
  (value: string) => string,
  (cell: string, value: string) => string,
]

function combineParts(combine: Combine): CombineParts {
  switch (combine.kind) {
    case 'reduce':
      return [{ reduce: combine.fn.name }, (value) => value, (cell, value) => `${cell} = reduce(${cell}, ${value});`]
    case 'group':
      return [{}, (value) => `[${value}]`, (cell, value) => `${cell}.push(${value});`]
    case 'combine':
      return [
        { create: combine.create.name, mergeValue: combine.mergeValue.name },
        (value) => `create(${value})`,
        (cell, value) => `${cell} = mergeValue(${cell}, ${value});`,
      ]
  }
}

class ChainPrinter {
  private readonly body: string[] = []
  private readonly bound: string[] = []
  private closing = ''
  private steps = 0

  step(kind: NarrowStep, fn: string): void {
    const from = `v${this.steps}`
    this.steps += 1
    const to = `v${this.steps}`
    const call = `f${this.steps}`
    this.bound.push(`const ${call} = functions[${JSON.stringify(fn)}];`)
    this.body.push(`at = ${this.steps};`, this.apply[kind](from, to, call, this.steps))
    this.body.push(`if (n${this.steps}++ < limit) keep(${this.steps - 1}, ${to});`)
  }

  private readonly apply: Record<NarrowStep, (from: string, to: string, call: string, n: number) => string> = {
    map: (from, to, call) => `${to} = ${call}(${from});`,
    filter: (from, to, call) => `if (!${call}(${from})) continue;\n${to} = ${from};`,
    flatMap: (from, to, call, n) => this.each(n, `items(${call}(${from}))`, (item) => `${to} = ${item};`),
    mapValues: (from, to, call) => `${checkPair(from)}\n${to} = [${from}[0], ${call}(${from}[1])];`,
    flatMapValues: (from, to, call, n) =>
      `${checkPair(from)}\n${this.each(n, `items(${call}(${from}[1]))`, (item) => `${to} = [${from}[0], ${item}];`)}`,
  }

  private each(n: number, list: string, take: (item: string) => string): string {
    this.closing += '}'
    return `const a${n} = ${list};\nfor (let i${n} = 0; i${n} < a${n}.length; i${n}++) {\n${take(`a${n}[i${n}]`)}`
  }

  print(name: string, terminal: Terminal, copies: boolean): string {
    const numbers = Array.from({ length: this.steps }, (_, index) => index + 1)
    const records = Array.from({ length: this.steps + 1 }, (_, index) => `v${index}`)
    const counters = numbers.map((n) => `n${n} = 0`)
    const last = `v${this.steps}`
    return [
      `${JSON.stringify(name)}: (() => {`,
      ...this.bound,
      ...Object.entries(terminal.bind).map(([local, fn]) => `const ${local} = functions[${JSON.stringify(fn)}];`),
      'return function (input, limit, keep, counts) {',
      `let at = 0, ${[...records, ...counters].join(', ')};`,
      terminal.declare,
      'try {',
      'for (let i = 0; i < input.length; i++) {',
      copies ? 'v0 = copyRecord(input[i]);' : 'v0 = input[i];',
      ...this.body,
      terminal.body(last, this.steps + 1),
      `}${this.closing}`,
      `} catch (error) { throw stepFailure(error, at - 1, [${records.join(', ')}][at - 1]); }`,
      ...numbers.map((n) => `counts[${n - 1}] = n${n};`),
      `return ${terminal.result};`,
      '};',
      '})(),',
    ].join('\n')
  }
}

function checkPair(record: string): string {
  return `if (!Array.isArray(${record}) || ${record}.length !== 2) notAPair(${record});`
}
