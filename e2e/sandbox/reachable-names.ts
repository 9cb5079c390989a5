/** All global names that user code may see, apart from the sandbox's own list. A name that is new here is a power that user code did not
 *  have before: look what it can do. (PERSISTENT and TEMPORARY are numbers that a browser does not let go of.) */
export const REACHABLE_NAMES: ReadonlySet<string> = new Set([
  'AggregateError',
  'Array',
  'ArrayBuffer',
  'AsyncDisposableStack',
  'BigInt',
  'BigInt64Array',
  'BigUint64Array',
  'Boolean',
  'DOMException',
  'DataView',
  'Date',
  'DisposableStack',
  'Error',
  'EvalError',
  'Float16Array',
  'Float32Array',
  'Float64Array',
  'Function',
  'Infinity',
  'Int16Array',
  'Int32Array',
  'Int8Array',
  'Intl',
  'Iterator',
  'JSON',
  'Map',
  'Math',
  'NaN',
  'Number',
  'Object',
  'PERSISTENT',
  'Promise',
  'Proxy',
  'RangeError',
  'ReferenceError',
  'Reflect',
  'RegExp',
  'Set',
  'String',
  'SuppressedError',
  'Symbol',
  'SyntaxError',
  'TEMPORARY',
  'Temporal',
  'TextDecoder',
  'TextEncoder',
  'TypeError',
  'URIError',
  'URL',
  'URLSearchParams',
  'Uint16Array',
  'Uint32Array',
  'Uint8Array',
  'Uint8ClampedArray',
  'WeakMap',
  'WeakSet',
  'atob',
  'btoa',
  'console',
  'decodeURI',
  'decodeURIComponent',
  'encodeURI',
  'encodeURIComponent',
  'escape',
  'globalThis',
  'isFinite',
  'isNaN',
  'parseFloat',
  'parseInt',
  'structuredClone',
  'undefined',
  'unescape',
])

export interface Walked {
  readonly globals: readonly string[]
  /** Names of shared objects and globals that can be changed. */
  readonly changeable: readonly string[]
  /** Names that sound like input, output, time or threads. */
  readonly ioNames: readonly string[]
  readonly objects: number
}

/** Module that walks everything it can name or get from syntax, as a stranger would: with nothing of our own code.
 *  Names of functions that would mean input, output, time or threads are collected wherever they are. */
export const WALK = `
const SUSPICIOUS = /^(fetch|XMLHttp|WebSocket|EventSource|import|importScripts|postMessage|createObjectURL|Worker|SharedWorker|Blob|File|open|indexedDB|IDB|caches|Cache|navigator|storage|locks|Lock|Broadcast|MessagePort|MessageChannel|setTimeout|setInterval|queueMicrotask|requestAnimation|performance|WebAssembly|SharedArrayBuffer|Atomics|close|RTC|WebTransport|Offscreen|FontFace|Notification|addEventListener|dispatchEvent|EventTarget|location|reportError|scheduler|crypto|eval|WeakRef|FinalizationRegistry)/
export function run() {
  const seeds = [
    globalThis, async () => {}, function* () {}, async function* () {}, [].values(), new Map().values(), new Set().values(),
    ''[Symbol.iterator](), ''.matchAll(/x/g), Iterator.from({ next() {} }), [].values().map(String), new URLSearchParams().keys(),
    new Intl.Segmenter().segment(''), new Intl.Segmenter().segment('')[Symbol.iterator](), new URL('a:b'), /x/, 1n, Symbol(), 1, '', true,
    new Proxy({}, {}), new Error(), new TextEncoder(), new TextDecoder(), structuredClone(new Error()), new Date(),
  ]
  try { atob('!') } catch (error) { seeds.push(error) }
  try { null.x } catch (error) { seeds.push(error) }
  const mine = new Set([...seeds, RegExp.prototype])
  const seen = new Set()
  const changeable = []
  const ioNames = []
  const queue = seeds.map((value) => Object(value))
  for (const value of queue) mine.add(value)
  while (queue.length > 0) {
    const value = queue.pop()
    if ((typeof value !== 'object' && typeof value !== 'function') || value === null || seen.has(value)) continue
    seen.add(value)
    const name = typeof value === 'function' ? value.name : Object.prototype.toString.call(value)
    if (!mine.has(value) && !Object.isFrozen(value) && !Object.values(seeds[2]).includes(value)) changeable.push(name)
    if (typeof value === 'function' && SUSPICIOUS.test(name)) ioNames.push(name)
    queue.push(Object.getPrototypeOf(value))
    for (const key of Reflect.ownKeys(value)) {
      const d = Reflect.getOwnPropertyDescriptor(value, key)
      if (mine.has(value) && value !== globalThis && key === 'prototype') { mine.add(d.value) }
      queue.push(d.get, d.set, d.value)
    }
  }
  const globals = []
  for (let o = globalThis; o !== null && o !== Object.prototype; o = Object.getPrototypeOf(o)) globals.push(...Reflect.ownKeys(o).map(String))
  for (const key of Reflect.ownKeys(globalThis)) {
    const d = Reflect.getOwnPropertyDescriptor(globalThis, key)
    if (d.configurable || d.writable) changeable.push('globalThis.' + String(key))
  }
  if (Object.isExtensible(globalThis)) changeable.push('globalThis')
  return { globals: globals.sort(), changeable, ioNames, objects: seen.size }
}`
