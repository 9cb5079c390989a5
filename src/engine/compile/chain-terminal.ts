import type { FunctionRef } from '#engine/operator/function-ref.ts'
import type { Combine } from '#engine/operator/stream-spec.ts'

/** What becomes of the records at the end of a chain. */
export interface Terminal {
  readonly declare: string
  /** Functions to bind, by local name. */
  readonly bind: Readonly<Record<string, FunctionRef>>
  body(record: string, step: number): string
  readonly result: string
}

export const collect: Terminal = {
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
export function combineTerminal(combine: Combine, id: string): Terminal {
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

export function checkPair(record: string): string {
  return `if (!Array.isArray(${record}) || ${record}.length !== 2) notAPair(${record});`
}
