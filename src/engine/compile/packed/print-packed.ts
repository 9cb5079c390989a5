import { takesBytes } from './byte-streams.ts'
import { needleToSkipTo, readsLowered } from './find-packed.ts'
import { printLookUp } from './print-look-up.ts'
import { printKeyScan, printScan, printSkip } from './print-separator.ts'
import { printConstant, TermPrinter } from './term-printer.ts'
import type { Demand, PackedProgram, Split, Term, Test } from './terms.ts'

/** Prints the loops of a recognised chain as a property `name: { bytes, lowers, takesBytes, loops }`; see executor/packed/packed-loop.ts for what they are
 *  given and give. They find records in the characters of the block's text and make none; what they take for granted and does not
 *  hold ends them, and they give undefined. The text comes twice: for blocks of ASCII, a byte a character, and for all others, two bytes
 *  a character, so that V8 compiles each for its own kind of array. Whoever lower-cases takes ASCII only. */
export function printPacked(name: string, program: PackedProgram): string {
  const loops = [new PackedPrinter(program, false)]
  if (!lowers(program)) loops.push(new PackedPrinter(program, true))
  const readsBytes = loops[0]?.readsBytes === true
  const bytes = readsBytes ? (readsLowered(program) ? 'lowered' : 'plain') : 'none'
  return [
    `${JSON.stringify(name)}: (() => {`,
    `const names = ${JSON.stringify(loops[0]?.names ?? [])}.map(unitsOf);`,
    `return { bytes: '${bytes}', lowers: ${lowers(program)}, takesBytes: ${readsBytes && takesBytes(program)}, loops: [`,
    ...(readsBytes ? loops : loops.slice(0, 1)).map((loop) => `${loop.print()},`),
    '] };',
    '})(),',
  ].join('\n')
}

/** Whether anything is lower-cased: only of ASCII it is known that no character grows or shrinks. */
function lowers(program: PackedProgram): boolean {
  return JSON.stringify(program).includes('"lowered":true')
}

function keyScanOf({ steps, end }: PackedProgram): string | undefined {
  const record = end.kind === 'collect' ? end.record : end
  const key = record.kind === 'pair' || record.kind === 'reduce' ? record.key : undefined
  const flat = steps.find(({ kind }) => kind === 'flatMap')
  if (flat?.kind !== 'flatMap' || key?.kind !== 'text' || key.region.kind !== 'word') return undefined
  return printKeyScan(flat.pieces.split.separator)
}

/** Whether blanks around a text are looked for. */
function trims(program: PackedProgram): boolean {
  return JSON.stringify(program).includes('"kind":"trimmed"')
}

const NO_END = 'le = text.indexOf("\\n", ls); if (le < 0) le = n;'

const UNTRIM = 'src[end] = hidden;'

const OVER = { max: '>', min: '<' } as const

/** Which of two numbers is the larger one can be told in more than one way, that differ where one is not a number, or the zero below zero. */
const ORDERED = 'if (value !== value || (value === 0 && 1 / value < 0)) return undefined;'

class PackedPrinter {
  /** Members of the line's object that are looked for. */
  readonly names: readonly string[]
  readonly readsBytes: boolean
  private readonly program: PackedProgram
  private readonly isWide: boolean
  private readonly split: Split | undefined
  /** Finds the pieces of a line where these are keys. */
  private readonly keyScan: string | undefined
  private readonly indexes: readonly number[]
  private readonly isCounted: boolean
  private readonly text: string[] = []
  private readonly terms: TermPrinter
  private readonly done = new Set<'end' | 'fields' | 'json'>()
  private knowsWord = false

  constructor(program: PackedProgram, isWide: boolean) {
    this.program = program
    this.isWide = isWide
    const demands = [...program.steps, program.end].flatMap((each) => each.demands)
    const fields = demands.flatMap((each) => (each.kind === 'fields' ? [each] : []))
    const indexes = fields.flatMap(({ index }) => (index === undefined ? [] : [index]))
    this.split = fields[0]?.split
    this.isCounted = fields.some(({ index }) => index === undefined)
    this.indexes = [...new Set(indexes)].sort((a, b) => a - b)
    this.names = [...new Set(demands.flatMap((each) => (each.kind === 'member' ? [each.name] : [])))]
    this.terms = new TermPrinter(this.names, () => this.needEnd())
    this.keyScan = isWide ? undefined : keyScanOf(program)
    const isJson = demands.some(({ kind }) => kind === 'json')
    this.readsBytes =
      isJson || trims(program) || fields.length > 0 || program.steps.some(({ kind }) => kind === 'flatMap')
  }

  print(): string {
    const { steps, end } = this.program
    const counters = steps.map((_, index) => this.counterOf(index))
    const distinct = [...new Set(counters)]
    const terminal = end.kind === 'reduce' ? this.reduce(end) : this.collect(end.record)
    const closing: string[] = []
    steps.forEach((step, index) => {
      this.demand(step.demands)
      if (step.kind === 'filter') this.filter(step.test)
      if (step.kind === 'flatMap') closing.push(this.openWords(step.pieces.split, step.pieces.tests))
      if (step.kind !== 'map') this.text.push(`${counters[index]}++;`)
    })
    this.demand(end.demands)
    this.text.push(...terminal.body(), ...closing)
    this.needEnd()
    const fields = this.indexes.map((index) => `f${index}s = 0, f${index}e = 0`)
    const members = this.names.map((_, index) => `m${index}k = 0, m${index}s = 0, m${index}e = 0`)
    const variables = ['n0 = 0', ...distinct.filter((each) => each !== 'n0').map((each) => `${each} = 0`)]
    return [
      'function (block, table, limit, counts, marked) {',
      'const { text, low, src, view, length: n } = block;',
      `let le = 0, p = 0, c = 0, ws = 0, fc = 0, ${[...variables, ...distinct.map((each) => `was_${each} = 0`)].join(', ')};`,
      ...[...fields, ...members, ...this.terms.caches].map((each) => `let ${each};`),
      ...(members.length > 0 ? ['const found = new Int32Array(names.length * 3);'] : []),
      ...(terminal.usesTable ? ['let k0 = 0, k1 = 0, k2 = 0, tag = 0;'] : []),
      ...terminal.declare,
      'let ls = 0;',
      ...(terminal.usesTable ? ['again: for (;;) {', 'const { slots, mask, seen, sums, order } = table;'] : []),
      ...this.openLines(),
      'line: {',
      ...this.text,
      '}',
      'if (limit > 0) {',
      `if (${distinct.map((each) => `(was_${each} < limit && ${each} > was_${each})`).join(' || ') || 'false'}) marked.push(ls);`,
      ...distinct.map((each) => `was_${each} = ${each};`),
      '}',
      // Not in the middle of a line: that its arrays stay the same makes the loop faster.
      ...(terminal.usesTable ? ['if (table.isCrowded) { table.grow(); ls = le + 1; continue again; }'] : []),
      '}',
      ...(terminal.usesTable ? ['break;', '}'] : []),
      ...counters.map((each, index) => `counts[${index}] = ${each};`),
      `return ${terminal.result};`,
      '}',
    ].join('\n')
  }

  /** What counts the records of a step: a map makes as many as there were. */
  private counterOf(index: number): string {
    if (index < 0) return 'n0'
    return this.program.steps[index]?.kind === 'map' ? this.counterOf(index - 1) : `n${index + 1}`
  }

  /** One round per line, or per line that holds what all wanted ones do. */
  private openLines(): readonly string[] {
    const skip = needleToSkipTo(this.program.steps[0])
    if (skip === undefined) return ['for (; ls <= n; ls = le + 1) {', 'n0++;']
    this.done.add('end')
    const where = skip.lowered ? 'low' : 'text'
    return [
      'for (; ; ls = le + 1) {',
      `le = ls > n ? -1 : ${where}.indexOf(${JSON.stringify(skip.needle)}, ls);`,
      'if (le < 0) break;',
      'ls = text.lastIndexOf("\\n", le) + 1;',
      'le = text.indexOf("\\n", le); if (le < 0) le = n;',
      // Where many lines are wanted, to split them all at once is faster.
      ...(this.readsBytes ? [] : ['if (++n0 === 100 && le < block.lineLength * 300) return undefined;']),
    ]
  }

  private demand(demands: readonly Demand[]): void {
    for (const demand of demands) {
      if (demand.kind === 'fields') {
        this.findFields()
        if (demand.index !== undefined) this.text.push(`if (fc <= ${demand.index}) return undefined;`)
        continue
      }
      this.readJson()
      if (demand.kind !== 'member') continue
      const kind = `${this.terms.member(demand.name)}k`
      const holds = { any: `${kind} > 0 && ${kind} < 6`, string: `${kind} === 1`, number: `${kind} === 2` }[demand.is]
      this.text.push(`if (!(${holds})) return undefined;`)
    }
  }

  private findFields(): void {
    const { split, indexes, isCounted, isWide } = this
    if (split === undefined || this.done.has('fields')) return
    const start = this.startOf(split)
    this.done.add('fields').add('end')
    const last = Math.max(...indexes, 0)
    const take = indexes.map((index) => `if (fc === ${index}) { f${index}s = ws; f${index}e = p; }`)
    this.text.push(
      ...start,
      'fc = 0; ws = p;',
      'for (;;) {',
      printScan(split.separator, isWide),
      take.join(' else '),
      'fc++;',
      `if (c === 10${isCounted ? '' : ` || fc > ${last}`}) break;`,
      printSkip(split.separator, isWide),
      'ws = p;',
      '}',
      ...(split.trimmed
        ? [UNTRIM]
        : [isCounted ? 'le = p;' : 'le = c === 10 ? p : text.indexOf("\\n", p); if (le < 0) le = n;']),
    )
  }

  private readJson(): void {
    if (this.done.has('json')) return
    this.done.add('json').add('end')
    const take = this.names.flatMap((_, index) =>
      ['k', 's', 'e'].map((part, place) => `m${index}${part} = found[${index * 3 + place}];`),
    )
    this.text.push(
      `le = readObject(src, ls, names, ${this.names.length > 0 ? 'found' : 'undefined'});`,
      'if (le < 0) return undefined;',
      ...take,
    )
  }

  private needEnd(): void {
    if (!this.done.has('end')) this.text.push(NO_END)
    this.done.add('end')
  }

  private filter(test: Test): void {
    if (!this.knowsWord) this.needEnd()
    const condition = this.terms.test(test)
    this.text.push(`if (!(${condition})) break ${this.knowsWord ? 'word' : 'line'};`)
  }

  /** Moves p to where the pieces of the line begin. Blanks behind them are hidden: where they begin a line end is put, until UNTRIM. */
  private startOf({ trimmed }: Split): readonly string[] {
    if (!trimmed) return ['p = ls;']
    this.needEnd()
    return ['p = trimStart(src, ls, le);', 'const end = trimEnd(src, ls, le), hidden = src[end];', 'src[end] = 10;']
  }

  private openWords(split: Split, tests: readonly Test[]): string {
    const { separator } = split
    const scan = this.keyScan ?? printScan(separator, this.isWide)
    this.text.push(...this.startOf(split), 'ws = p;', 'for (;;) {', scan, 'word: {')
    this.knowsWord = true
    this.done.add('end')
    for (const test of tests) this.filter(test)
    const end = split.trimmed ? UNTRIM : 'le = p;'
    return ['}', 'if (c === 10) break;', printSkip(separator, this.isWide), 'ws = p;', '}', end].join('\n')
  }

  private reduce({ by, key, value }: Extract<PackedProgram['end'], { kind: 'reduce' }>): Terminal {
    const reduced = (all: string): string =>
      by === 'sum' ? `${all} + value` : `value ${OVER[by]} ${all} ? value : ${all}`
    const declared = [`const value = ${this.terms.number(value)};`, ...(by === 'sum' ? [] : [ORDERED])]
    if (key.kind === 'constant')
      return {
        usesTable: false,
        declare: ['let isEmpty = true, whole = 0;'],
        body: () => [...declared, `if (isEmpty) { whole = value; isEmpty = false; } else whole = ${reduced('whole')};`],
        result: `isEmpty ? [] : [[${printConstant(key.value)}, whole]]`,
      }
    return {
      usesTable: true,
      declare: ['const now = table.begin();', 'let count = 0;'],
      body: () => [
        ...printLookUp(key, this.terms, this.isWide, this.keyScan !== undefined),
        ...declared,
        `if (seen[id] === now) sums[id] = ${reduced('sums[id]')};`,
        'else { seen[id] = now; sums[id] = value; order[count++] = id; }',
      ],
      result: 'table.pairs(count)',
    }
  }

  private collect(record: Term): Terminal {
    const declare = ['const out = [];']
    if (record.kind !== 'pair' || record.key.kind === 'constant')
      return { usesTable: false, declare, body: () => [`out.push(${this.terms.record(record)});`], result: 'out' }
    const { key, value } = record
    return {
      usesTable: true,
      declare: [...declare, 'table.begin();'],
      body: () => [
        ...printLookUp(key, this.terms, this.isWide, this.keyScan !== undefined),
        `out.push([table.keys.list[id], ${this.terms.record(value)}]);`,
      ],
      result: 'out',
    }
  }
}

interface Terminal {
  /** It finds keys in the table, whose fields are then at hand. */
  readonly usesTable: boolean
  readonly declare: readonly string[]
  body(): readonly string[]
  readonly result: string
}
