import type { ExecutorPort } from '#engine/runtime/executor/executor-host.ts'

/** All that the worker of a custom receiver may touch outside its own memory. User code is handed none of it. */
export interface ReceiverHost {
  readonly driver: ExecutorPort
  /** Runs `text` as an ES module and gives its exports.
   *  Fails: rejects with the module's own error, which is a value of the user's making */
  importModule(text: string): Promise<Record<string, unknown>>
  /** Calls `fn` after a delay of wall ms, once or again and again; gives what ends that. */
  setTimer(fn: () => void, delayMs: number, repeats: boolean): () => void
}
