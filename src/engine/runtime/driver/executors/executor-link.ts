import type { ExecutorPort } from '#engine/runtime/executor/executor-host.ts'
import type { Encode } from '#engine/runtime/executor/packed/packed-block.ts'

/** The driver's end of the channel to one executor, which user code may have taken over: it counts. */
export interface ExecutorLink extends ExecutorPort {
  /** From now on so many messages may arrive; one more is a violation, and is not looked at. */
  grant(messages: number): void
  /** Called once when more arrived than was granted; the link is dead then. */
  onViolation(handler: () => void): void
  /** Of a link into another process: blocks of text may go as bytes, whose memory is handed over. Source: TextEncoder.encodeInto */
  readonly encode?: Encode
  close(): void
}
