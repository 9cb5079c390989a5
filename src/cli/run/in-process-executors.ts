import type { ExecutorLink } from '#engine/runtime/driver/executors/executor-link.ts'
import type { ExecutorPort } from '#engine/runtime/executor/executor-host.ts'
import { startInProcess } from '#engine/runtime/executor/in-process.ts'

const encoder = new TextEncoder()

/** Executors in this process. Their functions have the rights of the process: nothing is counted, as nothing is contained. */
export function startExecutors(executors: number): readonly ExecutorLink[] {
  return startInProcess(executors, {
    importModule,
    encode: (text, into) => encoder.encodeInto(text, into),
    now: () => performance.now(),
  }).map(linkOf)
}

/** The module's `//# sourceURL` is its name in stack traces. The same text gives the same module. */
export async function importModule(text: string): Promise<Record<string, unknown>> {
  return import(`data:text/javascript;base64,${Buffer.from(text).toString('base64')}`)
}

function linkOf(port: ExecutorPort): ExecutorLink {
  return {
    post: (message, transfer) => port.post(message, transfer),
    listen: (handler) => port.listen(handler),
    grant: () => {},
    onViolation: () => {},
    close: () => {},
  }
}
