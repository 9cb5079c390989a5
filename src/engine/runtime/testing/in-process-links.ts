import type { ExecutorLink } from '#engine/runtime/driver/executors/executor-link.ts'
import type { ExecutorPort } from '#engine/runtime/executor/executor-host.ts'

/** The driver's end of ports to executors in this process, which are trusted to keep to the protocol. */
export function linksTo(ports: readonly ExecutorPort[]): readonly ExecutorLink[] {
  return ports.map((port) => ({
    post: (message) => port.post(message),
    listen: (handler) => port.listen(handler),
    grant: () => {},
    onViolation: () => {},
    close: () => {},
  }))
}
