import type { ExecutorPort } from '#engine/runtime/executor/executor-host.ts'
import { onMessage, post } from './primordials.ts'
import { restoreRegExp } from './regexp-guard.ts'

/** The port as the kernel sees it: two functions that give no way back to the port or to an event. */
export function wrapPort(port: MessagePort): ExecutorPort {
  let handler: ((data: unknown) => void) | undefined
  return Object.freeze({
    post(message: unknown, transfer: readonly ArrayBuffer[] = []): void {
      post(port, message, transfer)
    },
    listen(next: (data: unknown) => void): void {
      const first = handler === undefined
      handler = next
      if (!first) return
      onMessage(port, (data) => {
        restoreRegExp()
        handler?.(data)
      })
    },
  })
}
