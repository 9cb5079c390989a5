import { ALLOWED_GLOBALS, ALLOWED_METHODS, ALLOWED_STATICS } from './allow-list.ts'
import { reachableObjects } from './freeze-realm.ts'
import { isLeftOpen } from './regexp-guard.ts'
import { globalPrototypes } from './strip-realm.ts'

/** Paths in a hardened realm that are not on the allow-list, or can be changed. Empty is good. Used by the probe, after hardening. */
export function auditRealm(): string[] {
  const unexpected: string[] = []
  const compare = (object: object, allowed: readonly string[], path: string) => {
    for (const key of Reflect.ownKeys(object)) {
      if (typeof key === 'string' && !allowed.includes(key)) unexpected.push(`${path}.${key}`)
    }
  }
  compare(globalThis, ALLOWED_GLOBALS, 'globalThis')
  for (const prototype of globalPrototypes()) {
    for (const key of Reflect.ownKeys(prototype)) {
      const isConstant = typeof Reflect.getOwnPropertyDescriptor(prototype, key)?.value === 'number'
      if (!isConstant) unexpected.push(`global prototype.${String(key)}`)
    }
  }
  for (const name of Object.keys(ALLOWED_STATICS)) {
    const platformClass: unknown = Reflect.get(globalThis, name)
    if (typeof platformClass !== 'function') continue
    compare(platformClass, ALLOWED_STATICS[name] ?? [], name)
    compare(platformClass.prototype, ALLOWED_METHODS[name] ?? [], `${name}.prototype`)
  }
  for (const object of reachableObjects()) {
    if (object !== globalThis && !isLeftOpen(object) && !Object.isFrozen(object))
      unexpected.push(`not frozen: ${nameOf(object)}`)
  }
  return unexpected
}

function nameOf(object: object): string {
  return typeof object === 'function' ? object.name : Object.prototype.toString.call(object)
}
