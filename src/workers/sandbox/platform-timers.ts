// The platform's timers, taken when this module is evaluated: before anything is stripped. In a file of its own, because an executor has none.

const { apply } = Reflect
const { setTimeout: setOnce, setInterval: setAgain, clearTimeout: clear } = globalThis
const realm = globalThis

/** Calls `fn` after a delay of wall ms, once or again and again; gives what ends that. */
export function setPlatformTimer(fn: () => void, delayMs: number, repeats: boolean): () => void {
  const id: unknown = apply(repeats ? setAgain : setOnce, realm, [fn, delayMs])
  // One list holds both kinds.
  return () => apply(clear, realm, [id])
}
