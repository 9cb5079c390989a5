// A frozen prototype turns `counts.constructor = 1` or `Foo.prototype.toString = …` into an error, because assignment refuses to
// shadow a read-only inherited property (the "override mistake" of ECMAScript). An accessor whose setter defines the property
// on the receiver brings back what people expect.
//
// Deliberately not repaired: `constructor` of Array, typed arrays, Promise and RegExp. V8 watches it, and an accessor there
// takes the fast paths away from map, slice and then.

const ERROR_KEYS = ['constructor', 'name', 'message', 'toString']
const VALUE_KEYS = ['constructor', 'toString', 'toLocaleString', 'valueOf', 'toJSON']

export function repairOverrides(): void {
  // All of them: words in a plain object used as a dictionary may be called "constructor" or "valueOf".
  repair(Object.prototype, Object.getOwnPropertyNames(Object.prototype))
  repair(Function.prototype, ['constructor', 'toString', 'bind', 'call', 'apply'])
  for (const name of [
    'Error',
    'AggregateError',
    'EvalError',
    'RangeError',
    'ReferenceError',
    'SyntaxError',
    'TypeError',
    'URIError',
    'SuppressedError',
  ]) {
    const errorClass: unknown = Reflect.get(globalThis, name)
    if (typeof errorClass === 'function') repair(errorClass.prototype, ERROR_KEYS)
  }
  for (const { prototype } of [Date, Map, Set, WeakMap, WeakSet]) repair(prototype, VALUE_KEYS)
  repair(Array.prototype, ['toString', 'toLocaleString'])
}

function repair(prototype: object, keys: readonly string[]): void {
  for (const key of keys) {
    const descriptor = Object.getOwnPropertyDescriptor(prototype, key)
    if (descriptor === undefined || !('value' in descriptor) || descriptor.configurable !== true) continue
    const { value, enumerable = false } = descriptor
    // Methods, not functions: neither can be constructed, neither has a prototype to freeze.
    const accessor = {
      get(): unknown {
        return value
      },
      set(this: object, next: unknown): void {
        if (this === prototype) throw new TypeError(`Cannot assign to read only property '${key}' of a built-in object`)
        Object.defineProperty(this, key, { value: next, writable: true, enumerable: true, configurable: true })
      },
    }
    Object.defineProperty(prototype, key, { get: accessor.get, set: accessor.set, enumerable, configurable: false })
  }
}
