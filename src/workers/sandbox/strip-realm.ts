import { ALLOWED_GLOBALS, ALLOWED_METHODS, ALLOWED_STATICS } from './allow-list.ts'

/** Deletes what the allow-list does not name from the global object, its prototypes and the platform's classes.
 *  Throws when something will not go: a worker that cannot be stripped must not start. */
export function stripRealm(): void {
  for (const name of Object.keys(ALLOWED_STATICS)) {
    const platformClass: unknown = Reflect.get(globalThis, name)
    if (typeof platformClass !== 'function') continue
    keepOnly(platformClass, ALLOWED_STATICS[name] ?? [], name)
    keepOnly(platformClass.prototype, ALLOWED_METHODS[name] ?? [], `${name}.prototype`)
  }
  // Some functions live on a prototype of the global object, which will be emptied.
  for (const name of ALLOWED_GLOBALS) {
    if (Object.hasOwn(globalThis, name) || !(name in globalThis)) continue
    const value: unknown = Reflect.get(globalThis, name)
    Object.defineProperty(globalThis, name, { value, writable: true, enumerable: false, configurable: true })
  }
  keepOnly(globalThis, ALLOWED_GLOBALS, 'globalThis')
  // DedicatedWorkerGlobalScope, WorkerGlobalScope and EventTarget: reachable as prototypes, so they lose even their constructor.
  for (const prototype of globalPrototypes()) {
    for (const key of Reflect.ownKeys(prototype)) remove(prototype, key, 'global prototype')
  }
}

/** The prototypes between the global object and Object.prototype. */
export function globalPrototypes(): object[] {
  const prototypes: object[] = []
  let prototype: object | null = Object.getPrototypeOf(globalThis)
  while (prototype !== null && prototype !== Object.prototype) {
    prototypes.push(prototype)
    prototype = Object.getPrototypeOf(prototype)
  }
  return prototypes
}

function keepOnly(object: object, names: readonly string[], path: string): void {
  for (const key of Reflect.ownKeys(object)) {
    const kept = typeof key === 'string' ? names.includes(key) : object !== globalThis
    if (!kept) remove(object, key, path)
  }
}

function remove(object: object, key: PropertyKey, path: string): void {
  if (Reflect.deleteProperty(object, key)) return
  const value: unknown = Reflect.getOwnPropertyDescriptor(object, key)?.value
  // IDL constants cannot be deleted; a number leads nowhere.
  if (typeof value !== 'number') throw new Error(`cannot remove ${path}.${String(key)}`)
}
