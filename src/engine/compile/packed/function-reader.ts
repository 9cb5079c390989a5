import type { AnyNode, ArrowFunctionExpression, FunctionExpression, Pattern } from 'acorn'
import { parseExpression } from '#engine/operator/javascript.ts'
import { NotBuiltIn } from './not-built-in.ts'
import {
  ARITHMETIC,
  bare,
  boundNames,
  declaredIn,
  isConstant,
  isField,
  isWhole,
  nameOf,
  OPERATORS,
  propertyOf,
  readingOf,
  separatorOf,
  trimmed,
} from './syntax.ts'
import type { Arithmetic, Demand, NumberTerm, Pieces, Reading, Term, Test, Text } from './terms.ts'

/** What a name stands for in a function; undefined where nobody can say. */
type Scope = ReadonlyMap<string, Term | undefined>

/** Reads one function as terms of the line that its argument came from: from its parse tree, as if it ran.
 *  Fails: throws NotBuiltIn for everything that is no known form, or means something else because a name is declared in shared code */
export class FunctionReader {
  readonly demands: Demand[] = []
  private readonly source: string
  private readonly tree: AnyNode
  /** Names that are no built-ins anywhere in the function. */
  private readonly declared: ReadonlySet<string>

  /** `source` has passed parseFunction; `shared`: the names that shared code declares. */
  constructor(source: string, shared: readonly string[]) {
    this.source = source
    this.tree = bare(parseExpression(source) as AnyNode) // acorn's own union; its parser promises only Node
    this.declared = new Set([...shared, ...declaredIn(this.tree)])
  }

  /** What the function gives for a record. */
  result(record: Term): Term {
    return this.apply(this.tree, record)
  }

  /** Whether the function holds for a record. */
  test(record: Term): Test {
    return this.applyTest(this.tree, record)
  }

  private refusal(node: AnyNode): NotBuiltIn {
    return new NotBuiltIn(this.source.slice(node.start, node.end))
  }

  /** What the function returns: its body, or that of the only statement after declarations. */
  private open(node: AnyNode, record: Term): { readonly body: AnyNode; readonly scope: Scope } {
    if (node.type !== 'ArrowFunctionExpression' && node.type !== 'FunctionExpression') throw this.refusal(node)
    const { params } = node
    if (node.async || node.generator || params.length > 1) throw this.refusal(node)
    const scope = new Map<string, Term | undefined>()
    if (node.type === 'FunctionExpression' && node.id != null) scope.set(node.id.name, undefined)
    for (const param of params) this.bind(param, record, scope)
    return { body: this.returned(node, scope), scope }
  }

  private returned(fn: ArrowFunctionExpression | FunctionExpression, scope: Map<string, Term | undefined>): AnyNode {
    if (fn.body.type !== 'BlockStatement') return bare(fn.body)
    const last = fn.body.body.at(-1)
    for (const statement of fn.body.body.slice(0, -1)) {
      if (statement.type !== 'VariableDeclaration' || statement.kind === 'var') throw this.refusal(statement)
      for (const { id, init } of statement.declarations) {
        if (init == null) throw this.refusal(statement)
        const term = this.term(init, scope)
        for (const name of boundNames(id)) if (scope.has(name)) throw this.refusal(statement)
        this.bind(id, term, scope)
      }
    }
    if (last?.type !== 'ReturnStatement' || last.argument == null) throw this.refusal(last ?? fn)
    return bare(last.argument)
  }

  private apply(node: AnyNode, record: Term): Term {
    const { body, scope } = this.open(node, record)
    return this.term(body, scope)
  }

  private applyTest(node: AnyNode, record: Term): Test {
    if (this.isGlobal(node, 'Boolean')) return this.truth(record, node)
    const { body, scope } = this.open(node, record)
    return this.condition(body, scope)
  }

  private bind(pattern: Pattern, term: Term, scope: Map<string, Term | undefined>): void {
    if (pattern.type === 'Identifier') scope.set(pattern.name, term)
    else if (pattern.type === 'ArrayPattern' && (term.kind === 'pair' || term.kind === 'pieces'))
      pattern.elements.forEach((element, index) => {
        if (element === null) return
        if (element.type !== 'Identifier') throw this.refusal(element)
        scope.set(element.name, this.item(term, index, element))
      })
    else if (pattern.type === 'ObjectPattern' && term.kind === 'json')
      for (const property of pattern.properties) {
        if (property.type !== 'Property' || property.computed || property.value.type !== 'Identifier')
          throw this.refusal(property)
        const name = nameOf(property.key)
        if (name === undefined) throw this.refusal(property)
        scope.set(property.value.name, { kind: 'member', name })
      }
    else throw this.refusal(pattern)
  }

  private term(given: AnyNode, scope: Scope): Term {
    const node = bare(given)
    const { demands } = this
    const term = this.read(node, scope)
    if (term.kind === 'text' && term.region.kind === 'field') demands.push({ ...term.region, kind: 'fields' })
    if (term.kind === 'member') demands.push({ ...term, is: 'any' })
    return term
  }

  private read(node: AnyNode, scope: Scope): Term {
    switch (node.type) {
      case 'Identifier': {
        const term = scope.get(node.name)
        if (term !== undefined) return term
        break
      }
      case 'Literal':
        if (isConstant(node)) return { kind: 'constant', value: node.value }
        break
      case 'UnaryExpression': {
        const { operator, argument } = node
        if (operator !== '-' && operator !== '+') break
        const operand = this.term(argument, scope)
        if (operand.kind === 'constant' && typeof operand.value === 'number')
          return { kind: 'constant', value: operator === '-' ? -operand.value : operand.value }
        if (operator === '+') return this.number(operand, 'Number', node)
        break
      }
      case 'BinaryExpression': {
        const operator = ARITHMETIC.find((each) => each === node.operator)
        if (operator !== undefined && node.left.type !== 'PrivateIdentifier')
          return this.arithmetic(node.left, operator, node.right, scope)
        break
      }
      case 'ArrayExpression': {
        const [key, value, ...more] = node.elements
        if (key == null || value == null || more.length > 0) break
        if (key.type === 'SpreadElement' || value.type === 'SpreadElement') break
        return { kind: 'pair', key: this.term(key, scope), value: this.term(value, scope) }
      }
      case 'MemberExpression':
        if (!node.optional && node.object.type !== 'Super')
          return this.property(this.term(node.object, scope), propertyOf(node), node)
        break
      case 'CallExpression':
        if (!node.optional) return this.call(node, scope)
    }
    throw this.refusal(node)
  }

  private arithmetic(left: AnyNode, operator: Arithmetic, right: AnyNode, scope: Scope): NumberTerm {
    const operand = (node: AnyNode): NumberTerm => {
      const term = this.term(node, scope)
      // Texts are made numbers by all but +, which joins them.
      return term.kind === 'text' && operator !== '+' ? this.number(term, 'Number', node) : this.numeric(term, node)
    }
    return { kind: 'arithmetic', left: operand(left), operator, right: operand(right) }
  }

  private property(object: Term, name: string | number | undefined, node: AnyNode): Term {
    if (typeof name === 'number') return this.item(object, name, node)
    if (name !== undefined && object.kind === 'json') return { kind: 'member', name }
    if (name !== 'length') throw this.refusal(node)
    if (object.kind === 'pieces' && isWhole(object)) {
      this.demands.push({ kind: 'fields', split: object.split })
      return { kind: 'fields' }
    }
    return { kind: 'length', of: this.text(object, node) }
  }

  private item(object: Term, index: number, node: AnyNode): Term {
    if (object.kind === 'pair' && index < 2) return index === 0 ? object.key : object.value
    if (object.kind !== 'pieces' || !isWhole(object) || !isField(index)) throw this.refusal(node)
    return { kind: 'text', region: { kind: 'field', index, split: object.split }, lowered: object.split.lowered }
  }

  private call(node: Extract<AnyNode, { type: 'CallExpression' }>, scope: Scope): Term {
    const { callee, arguments: args } = node
    const [first, second] = args
    if (callee.type !== 'MemberExpression') {
      const isFree = callee.type === 'Identifier' && !this.declared.has(callee.name)
      const reading = isFree ? readingOf(callee.name, args) : undefined
      if (reading === undefined || first === undefined) throw this.refusal(node)
      return this.number(this.term(first, scope), reading, node)
    }
    const name = propertyOf(callee)
    if (callee.optional || callee.object.type === 'Super') throw this.refusal(node)
    if (first !== undefined && second === undefined && this.isGlobal(callee.object, 'JSON') && name === 'parse') {
      const text = this.term(first, scope)
      if (text.kind !== 'text' || text.region.kind !== 'line' || text.lowered) throw this.refusal(node)
      this.demands.push({ kind: 'json' })
      return { kind: 'json' }
    }
    const object = this.term(callee.object, scope)
    if (name === 'toLowerCase' && first === undefined) return { ...this.text(object, node), lowered: true }
    if (name === 'trim' && first === undefined) return trimmed(this.text(object, node))
    if (name === 'split' && first !== undefined && second === undefined) return this.split(object, bare(first), node)
    if (object.kind === 'pieces' && first !== undefined && second === undefined) {
      if (name === 'filter') return { ...object, tests: [...object.tests, this.applyTest(bare(first), object.piece)] }
      if (name === 'map') return { ...object, piece: this.apply(bare(first), object.piece) }
    }
    throw this.refusal(node)
  }

  private split(object: Term, at: AnyNode, node: AnyNode): Pieces {
    const text = this.text(object, node)
    const separator = separatorOf(at)
    const trimmed = text.region.kind === 'trimmed'
    const region = text.region.kind === 'trimmed' ? text.region.of : text.region
    if (separator === undefined || region.kind !== 'line') throw this.refusal(node)
    const { lowered } = text
    const piece: Text = { kind: 'text', region: { kind: 'word' }, lowered }
    return { kind: 'pieces', split: { separator, lowered, trimmed }, piece, tests: [] }
  }

  private number(term: Term, by: Reading, node: AnyNode): NumberTerm {
    if (term.kind === 'member' && by === 'Number') return this.numeric(term, node)
    return { kind: 'number', of: this.text(term, node), by }
  }

  private text(term: Term, node: AnyNode): Text {
    if (term.kind === 'text') return term
    if (term.kind !== 'member') throw this.refusal(node)
    this.demands.push({ ...term, is: 'string' })
    return { kind: 'text', region: term, lowered: false }
  }

  /** The term as a number, where it is one for certain. */
  private numeric(term: Term, node: AnyNode): NumberTerm {
    if (term.kind === 'constant' && typeof term.value === 'number') return { kind: 'constant', value: term.value }
    if (term.kind === 'length' || term.kind === 'fields' || term.kind === 'number') return term
    if (term.kind === 'numeric' || term.kind === 'arithmetic') return term
    if (term.kind !== 'member') throw this.refusal(node)
    this.demands.push({ ...term, is: 'number' })
    return { kind: 'numeric', name: term.name }
  }

  private condition(given: AnyNode, scope: Scope): Test {
    const node = bare(given)
    if (node.type === 'LogicalExpression' && node.operator !== '??')
      return {
        kind: node.operator === '&&' ? 'all' : 'any',
        tests: [this.condition(node.left, scope), this.condition(node.right, scope)],
      }
    if (node.type === 'UnaryExpression' && node.operator === '!')
      return { kind: 'not', test: this.condition(node.argument, scope) }
    if (node.type === 'BinaryExpression') return this.comparison(node, scope)
    if (node.type === 'CallExpression' && !node.optional) {
      const { callee, arguments: args } = node
      const [first, second] = args
      if (first !== undefined && second === undefined) {
        if (this.isGlobal(callee, 'Boolean')) return this.condition(first, scope)
        const how = callee.type === 'MemberExpression' ? propertyOf(callee) : undefined
        if (callee.type === 'MemberExpression' && !callee.optional && callee.object.type !== 'Super')
          if (how === 'includes' || how === 'startsWith' || how === 'endsWith')
            return this.find(this.term(callee.object, scope), how, this.term(first, scope), node)
      }
    }
    return this.truth(this.term(node, scope), node)
  }

  private truth(term: Term, node: AnyNode): Test {
    if (term.kind === 'member') return { kind: 'holds', name: term.name }
    const left: NumberTerm = { kind: 'length', of: this.text(term, node) }
    return { kind: 'compare', left, operator: '>', right: { kind: 'constant', value: 0 } }
  }

  private find(on: Term, how: Extract<Test, { kind: 'find' }>['how'], needle: Term, node: AnyNode): Test {
    if (needle.kind !== 'constant' || typeof needle.value !== 'string' || needle.value.includes('\n'))
      throw this.refusal(node)
    return { kind: 'find', text: this.text(on, node), how, needle: needle.value }
  }

  private comparison(node: Extract<AnyNode, { type: 'BinaryExpression' }>, scope: Scope): Test {
    const operator = OPERATORS[node.operator]
    if (operator === undefined || node.left.type === 'PrivateIdentifier') throw this.refusal(node)
    const [left, right] = [this.term(node.left, scope), this.term(node.right, scope)]
    const [text, constant] = left.kind === 'constant' ? [right, left] : [left, right]
    if (constant.kind === 'constant' && typeof constant.value === 'string') {
      if (operator !== '===' && operator !== '!==') throw this.refusal(node)
      const equals = this.find(text, 'equals', constant, node)
      return operator === '===' ? equals : { kind: 'not', test: equals }
    }
    return { kind: 'compare', left: this.numeric(left, node), operator, right: this.numeric(right, node) }
  }

  /** The built-in of this name, unless something else is called so. */
  private isGlobal(node: AnyNode, name: string): boolean {
    return node.type === 'Identifier' && node.name === name && !this.declared.has(name)
  }
}
