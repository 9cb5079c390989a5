import type { Decode } from '#engine/runtime/executor/packed/ascii-text.ts'
import type { Encode } from '#engine/runtime/executor/packed/packed-block.ts'

/** One end of a channel to the driver or to another executor, without the objects that carry it.
 *  Fails: a value that cannot be cloned throws in `post`; a message that cannot be read never arrives. */
export interface ExecutorPort {
  post(message: unknown, transfer?: readonly ArrayBuffer[]): void
  /** What arrives before the first call waits for it; a second call replaces the handler. */
  listen(handler: (data: unknown) => void): void
}

/** All that an executor may touch outside its own memory. A user's function is handed none of it. */
export interface ExecutorHost {
  readonly index: number
  readonly executors: number
  readonly driver: ExecutorPort
  /** By executor index; the own slot is undefined. */
  readonly peers: readonly (ExecutorPort | undefined)[]
  /** Runs `text` as an ES module and gives its exports.
   *  Fails: rejects with the module's own error, which is a value of the user's making. */
  importModule(text: string): Promise<Record<string, unknown>>
  /** Writes text as UTF-8 bytes, as far as there is room; a host without it makes text blocks somewhat slower. Source: TextEncoder.encodeInto */
  readonly encode?: Encode
  /** Makes text of UTF-8; a host without it is slow where blocks come as bytes and are needed as text. Source: TextDecoder.decode */
  readonly decode?: Decode
  /** Wall ms, monotone enough to time stages; NaN → no timing. */
  now(): number
}
