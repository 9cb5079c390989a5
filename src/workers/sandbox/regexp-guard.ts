// RegExp.prototype is the one shared object that is not frozen: V8 gives up its fast paths for any change of it, even for
// preventExtensions, and `text.split(/\s+/)` becomes 15 times slower (Chromium 156). It is put right again instead, whenever the
// executor's own code takes over: so user code can spoil it for its own batch, and for no later one.

const { defineProperty, getOwnPropertyDescriptor } = Reflect
const prototype = RegExp.prototype
const originals = Reflect.ownKeys(prototype).map((key) => ({
  key,
  descriptor: getOwnPropertyDescriptor(prototype, key),
}))

/** Whether freezing passes this object by. */
export function isLeftOpen(object: object): boolean {
  return object === prototype
}

/** Puts back every property of RegExp.prototype that is not what it was. About 2 µs when nothing is.
 *  Throws when one cannot be put back: such a worker must do nothing more. */
export function restoreRegExp(): void {
  for (const original of originals) restore(original)
}

function restore({ key, descriptor }: (typeof originals)[number]): void {
  const now = getOwnPropertyDescriptor(prototype, key)
  if (descriptor === undefined || (now !== undefined && now.value === descriptor.value && now.get === descriptor.get))
    return
  if (!defineProperty(prototype, key, descriptor)) throw new Error('user code has changed what regular expressions do')
}
