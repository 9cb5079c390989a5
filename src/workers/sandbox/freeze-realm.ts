import { repairOverrides } from './override-repair.ts'
import { isLeftOpen } from './regexp-guard.ts'
import { globalPrototypes } from './strip-realm.ts'

/** Freezes everything that user code can reach, so that it cannot change how the executor's own code behaves.
 *  Captured functions would not do: a setter on Array.prototype[0] sees what is written into the holes of `new Array(n)`.
 *  What it costs, measured in Chromium 156: writing beyond the end of an array or into a hole (`a[a.length] = x`) takes about 70 ns instead
 *  of 3; push, fill and all methods stay as fast as they were. Sealing would avoid that and leave every method replaceable. */
export function freezeRealm(): void {
  repairOverrides()
  for (const object of reachableObjects()) {
    if (object !== globalThis && !isLeftOpen(object)) Object.freeze(object)
  }
  // A global object may refuse Object.freeze, so its properties are locked one by one.
  for (const key of Reflect.ownKeys(globalThis)) {
    const descriptor = Reflect.getOwnPropertyDescriptor(globalThis, key)
    if (descriptor?.configurable !== true) continue
    Object.defineProperty(globalThis, key, {
      value: Reflect.get(globalThis, key),
      enumerable: descriptor.enumerable ?? false,
      writable: false,
      configurable: false,
    })
  }
  Object.preventExtensions(globalThis)
}

/** Every object that can be reached by names and prototypes from the global object and from syntax. */
export function reachableObjects(): Set<object> {
  const found = new Set<object>()
  const queue: unknown[] = [globalThis, ...globalPrototypes(), ...syntaxIntrinsics()]
  while (queue.length > 0) {
    const value = queue.pop()
    if ((typeof value !== 'object' && typeof value !== 'function') || value === null || found.has(value)) continue
    found.add(value)
    queue.push(Object.getPrototypeOf(value))
    for (const key of Reflect.ownKeys(value)) {
      const descriptor = Reflect.getOwnPropertyDescriptor(value, key)
      queue.push(descriptor?.get, descriptor?.set, descriptor?.value)
    }
  }
  return found
}

/** Built-in things that syntax and methods lead to, but no global name. */
function syntaxIntrinsics(): unknown[] {
  const instances: unknown[] = [
    async () => {},
    function* generator() {
      yield 0
    },
    async function* asyncGenerator() {
      yield 0
    },
    [].values(),
    new Map().values(),
    new Set().values(),
    ''[Symbol.iterator](),
    ''.matchAll(/x/g),
    new URLSearchParams().entries(),
  ]
  const iteratorClass: unknown = Reflect.get(globalThis, 'Iterator')
  if (typeof iteratorClass === 'function') {
    const wrapped: object = Reflect.get(iteratorClass, 'from').call(iteratorClass, { next: () => ({ done: true }) })
    instances.push(wrapped, Reflect.get(wrapped, 'map').call(wrapped, String))
  }
  if (typeof Intl.Segmenter === 'function') {
    const segments = new Intl.Segmenter().segment('')
    instances.push(segments, segments[Symbol.iterator]())
  }
  // V8 gives every error the same two functions as accessors of its own `stack`.
  const stack = Object.getOwnPropertyDescriptor(new Error('only its stack is wanted'), 'stack')
  const prototypes = instances.map((instance) => Object.getPrototypeOf(instance))
  return [...prototypes, throwerOfArguments(), stack?.get, stack?.set]
}

/** The accessor behind `arguments.callee` in strict code. */
function throwerOfArguments(): unknown {
  // biome-ignore lint/complexity/noArguments: the object itself is wanted, not its values
  return Object.getOwnPropertyDescriptor(arguments, 'callee')?.get
}
