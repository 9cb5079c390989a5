/** Whether the functions that packed loops stand in for are still those of the language: in the sandbox they cannot be replaced, elsewhere shared code may have. */
export function hasOwnBuiltIns(): boolean {
  return taken.every(([owner, name, value]) => Reflect.get(owner, name) === value)
}

const wanted: readonly (readonly [object, readonly (string | symbol)[]])[] = [
  [String.prototype, ['split', 'toLowerCase', 'trim', 'includes', 'startsWith', 'endsWith']],
  [RegExp.prototype, [Symbol.split, 'exec', 'flags']],
  [Array.prototype, ['filter', 'map', Symbol.iterator]],
  [JSON, ['parse']],
  [Math, ['max', 'min']],
  [globalThis, ['Number', 'Boolean', 'JSON', 'Math', 'parseInt', 'parseFloat']],
]

/** `flags` is a getter: of the prototype itself it gives the empty text. */
const taken = wanted.flatMap(([owner, names]) => names.map((name) => [owner, name, Reflect.get(owner, name)] as const))
