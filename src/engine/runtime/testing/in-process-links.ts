import type { ExecutorLink } from '#engine/runtime/driver/executors/executor-link.ts'
import type { ExecutorPort } from '#engine/runtime/executor/executor-host.ts'
import type { Encode } from '#engine/runtime/executor/packed/packed-block.ts'

/** The driver's end of ports to executors in this process, which are trusted to keep to the protocol. `encode`: as to another process, blocks may go
 *  as bytes, whose memory the driver has no more. */
export function linksTo(ports: readonly ExecutorPort[], encode?: Encode): readonly ExecutorLink[] {
  return ports.map((port) => ({
    ...(encode === undefined ? {} : { encode }),
    post: (message, transfer = []) =>
      port.post(transfer.length === 0 ? message : structuredClone(message, { transfer: [...transfer] })),
    listen: (handler) => port.listen(handler),
    grant: () => {},
    onViolation: () => {},
    close: () => {},
  }))
}
