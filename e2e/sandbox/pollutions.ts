// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are programs
// Attempts of user code to change how the executor's own code behaves, as data: bodies of `run()`. Whatever they manage to install, the
// kernel's check of itself must give the same digest after each.

/** Installs what it can; refusals are what we want to see. */
const tries = (...statements: readonly string[]) => statements.map((text) => `try { ${text} } catch {}`).join('; ')

export const POLLUTIONS: Readonly<Record<string, string>> = {
  'r01 Function constructor': "return Function('return this')()",
  'r02 async Function constructor': "return (async () => {}).constructor('return this')()",
  'r03 generator constructor': "return (function* () {}).constructor('yield this')().next().value",
  'r04 eval': "return (0, eval)('this')",
  'r06 Array methods': tries(
    'Array.prototype.push = () => 0',
    'Array.prototype.map = () => []',
    'Array.from = () => []',
    'Array.prototype[Symbol.iterator] = function* () {}',
  ),
  'r07 setters on array indexes': tries(
    "for (let i = 0; i < 9; i += 1) Object.defineProperty(Array.prototype, i, { set() {}, get: () => 'stolen' })",
    "for (let i = 0; i < 9; i += 1) Object.defineProperty(Object.prototype, i, { set() {}, get: () => 'stolen' })",
  ),
  'r08 Map methods': tries(
    'Map.prototype.get = () => 666',
    'Map.prototype.set = function () { return this }',
    'Map.prototype[Symbol.iterator] = function* () {}',
    'globalThis.Map = class {}',
  ),
  'r09 Object methods': tries(
    'Object.entries = () => []',
    'Object.keys = () => []',
    'Object.prototype.polluted = 1',
    'Object.assign = () => ({})',
    'Object.defineProperty = () => ({})',
    '({}).__proto__.polluted = 1',
  ),
  'r10 then on Object.prototype': tries(
    "Object.prototype.then = (ok) => ok('stolen')",
    "Object.defineProperty(Object.prototype, 'then', { value: (ok) => ok('stolen') })",
  ),
  'r11 Promise': tries(
    'Promise.prototype.then = () => {}',
    'Promise.resolve = () => {}',
    'globalThis.Promise = class {}',
  ),
  'r12 steal a port': tries(
    'let f = run; while ((f = f.caller)) f.arguments',
    'arguments.callee.caller.arguments',
    'MessagePort.prototype.postMessage = () => {}',
  ),
  'r13 hook MessageEvent': tries("Object.defineProperty(MessageEvent.prototype, 'data', { get: () => 'stolen' })"),
  'r14 hook addEventListener': tries(
    'globalThis.addEventListener = () => {}',
    'Object.getPrototypeOf(globalThis).addEventListener = () => {}',
    'Object.setPrototypeOf(globalThis, {})',
  ),
  'r15 forge a message': tries("globalThis.postMessage('forged')", "self.postMessage('forged')"),
  'r16 onmessage': tries(
    'globalThis.onmessage = () => {}',
    "Object.defineProperty(globalThis, 'onmessage', { value() {} })",
  ),
  'r18 prepareStackTrace': tries(
    'Error.prepareStackTrace = (_, frames) => frames.map((frame) => frame.getFunction())',
    'return new Error().stack.some?.(Boolean)',
  ),
  'r19 close': tries('close()', 'globalThis.close()'),
  'r20 Function methods': tries(
    'Function.prototype.call = () => {}',
    'Function.prototype.apply = () => {}',
    'Reflect.apply = () => {}',
    'Function.prototype.bind = () => {}',
  ),
  'r21 String methods': tries(
    'String.prototype.split = () => []',
    "String.prototype.replaceAll = () => ''",
    'String.prototype[Symbol.iterator] = function* () {}',
  ),
  'r22 JSON and Reflect': tries(
    'JSON.parse = () => ({})',
    "JSON.stringify = () => ''",
    'Reflect.ownKeys = () => []',
    'globalThis.JSON = {}',
    "Object.prototype.toJSON = () => 'stolen'",
  ),
  'r23 species': tries(
    'Object.defineProperty(Array, Symbol.species, { get: () => class extends Array { constructor() { super(); return [] } } })',
    'Array.prototype.constructor = { [Symbol.species]: class {} }',
    '[].constructor = Map',
  ),
  'r25 regular expressions': tries(
    'RegExp.prototype.exec = () => null',
    'RegExp.prototype[Symbol.split] = () => []',
    'RegExp.prototype[Symbol.replace] = () => ""',
    'String.prototype[Symbol.split] = () => []',
  ),
  'r24 iterator prototypes': tries(
    'Object.getPrototypeOf([].values()).next = () => ({ done: true })',
    'Object.getPrototypeOf(new Map().values()).next = () => ({ done: true })',
    'Object.getPrototypeOf(function* () {}).prototype.next = () => ({ done: true })',
  ),
  'r30 Symbol.hasInstance': tries(
    'Object.defineProperty(Map, Symbol.hasInstance, { value: () => false })',
    'Function.prototype[Symbol.hasInstance] = () => false',
  ),
  'r36 freeze or change shared things': tries(
    'Object.freeze(Array.prototype)',
    'Math.max = () => 666',
    "Date.prototype.toISOString = () => ''",
    "BigInt.prototype.toString = () => ''",
    'TextEncoder.prototype.encode = () => new Uint8Array()',
    'Uint8Array.prototype.constructor = Map',
    'Object.setPrototypeOf(Array.prototype, { 0: 1 })',
  ),
  'r37 console': tries(
    'console.log = () => {}',
    'globalThis.console = {}',
    "for (let i = 0; i < 1e5; i += 1) console.log('flood', i)",
    'console.log({ toJSON() { throw 1 } }, Symbol(), { toString() { throw 1 } })',
  ),
  'r38 rejections nobody handles': tries("for (let i = 0; i < 1e3; i += 1) Promise.reject(new Error('flood'))"),
  'r39 import.meta': 'return import.meta.url',
}

/** What people paste and compilers print: assignments that a frozen prototype would refuse. Each returns true when it works. */
export const COMPATIBLE: Readonly<Record<string, string>> = {
  'toString on an own prototype':
    "function Foo() {} Foo.prototype.toString = () => 'foo'; return String(new Foo()) === 'foo'",
  'constructor on an own prototype':
    'function Base() {} function Sub() {} Sub.prototype = Object.create(Base.prototype); Sub.prototype.constructor = Sub; return new Sub().constructor === Sub && new Sub() instanceof Base',
  'valueOf and hasOwnProperty as fields':
    "const o = {}; o.valueOf = 1; o.hasOwnProperty = 2; return Object.keys(o).join() === 'valueOf,hasOwnProperty'",
  'a count of words that are method names':
    "const n = {}; for (const w of ['constructor', 'toString', 'a', 'constructor']) n[w] = Object.hasOwn(n, w) ? n[w] + 1 : 1; return n.constructor === 2 && n.toString === 1",
  'class extends Error':
    "class Bad extends Error { constructor(m) { super(m); this.name = 'Bad' } } const e = new Bad('no'); return e.name === 'Bad' && e.message === 'no' && String(e) === 'Bad: no' && e instanceof Error",
  'name and message of an error':
    "const e = new TypeError('a'); e.message = 'b'; e.name = 'C'; return String(e) === 'C: b'",
  'ES5 error as Babel prints it':
    "function My(m) { this.message = m } My.prototype = Object.create(Error.prototype); My.prototype.constructor = My; My.prototype.name = 'My'; return String(new My('x')) === 'My: x'",
  'inheritance as TypeScript prints it for ES5':
    "var __extends = function (d, b) { Object.setPrototypeOf(d, b); function __() { this.constructor = d } d.prototype = ((__.prototype = b.prototype), new __()) }; var A = function () {}; A.prototype.toString = function () { return 'a' }; var B = function () {}; __extends(B, A); return new B().toString() === 'a' && new B().constructor === B",
  'enum as TypeScript prints it':
    "var E; (function (E) { E[(E['A'] = 0)] = 'A' })(E || (E = {})); return E.A === 0 && E[0] === 'A'",
  'bind, call and toString on a function':
    "const f = () => 1; f.toString = () => 'f'; f.call = 2; f.apply = 3; f.bind = 4; return String(f) === 'f' && f.call + f.apply + f.bind === 9",
  'static methods called apply and call':
    'class Rule { static apply(x) { return x } static call(x) { return x } } return Rule.apply(1) + Rule.call(2) === 3',
  'toString on a date and a map':
    "const d = new Date(0); d.toString = () => 'd'; const m = new Map(); m.toString = () => 'm'; return `${d}${m}` === 'dm'",
  'toString on an array': "const a = [1]; a.toString = () => 'a'; return `${a}` === 'a'",
  'class extends Array, Map and Promise':
    'class L extends Array { sum() { return this.reduce((a, b) => a + b, 0) } } class D extends Map { at(k) { return this.get(k) } } class P extends Promise {} return L.from([1, 2]).map((x) => x * 2).sum() === 6 && new D([[1, 2]]).at(1) === 2 && P.resolve(1) instanceof P',
  'spread, destructuring and Object.assign over method names':
    'const { toString: t, ...rest } = { toString: 1, constructor: 2 }; return t === 1 && Object.assign({}, rest).constructor === 2 && { ...rest }.constructor === 2',
  'Symbol.toPrimitive, iterators and generators':
    "class R { *[Symbol.iterator]() { yield 1; yield 2 } [Symbol.toPrimitive]() { return 7 } } return [...new R()].join() === '1,2' && +new R() === 7",
  'async functions and async generators':
    'async function* g() { yield 1; yield 2 } let n = 0; for await (const x of g()) n += x; return n === 3',
  'Date.now and Math.random': 'return Date.now() > 1.6e12 && Math.random() < 1',
  'URL, TextEncoder, structuredClone, Intl':
    "return new URL('https://a.b/c?d=1').searchParams.get('d') === '1' && new TextDecoder().decode(new TextEncoder().encode('é')) === 'é' && structuredClone({ a: [1] }).a[0] === 1 && new Intl.NumberFormat('en').format(1234) === '1,234'",
  'JSON with method names': `return JSON.stringify(JSON.parse('{"constructor":1,"toString":2,"__proto__":3}')) === '{"constructor":1,"toString":2,"__proto__":3}'`,
  'regular expressions and dates':
    "return 'a1b2'.replace(/\\d/g, (d) => d * 2) === 'a2b4' && 'x-y'.match(/(?<l>\\w)-/).groups.l === 'x' && new Date('2020-01-01').toISOString().startsWith('2020')",
}
