import type { ExecutorHost, ExecutorPort } from './executor-host.ts'
import { startExecutor } from './start-executor.ts'

/** Two ends of a channel in one process. Messages arrive in order and never before the sender is done. */
export function makeChannel(): readonly [ExecutorPort, ExecutorPort] {
  const a = new ChannelEnd()
  const b = new ChannelEnd()
  a.other = b
  b.other = a
  return [a, b]
}

class ChannelEnd implements ExecutorPort {
  other: ChannelEnd | undefined
  private handler: ((data: unknown) => void) | undefined
  private readonly early: unknown[] = []

  post(message: unknown): void {
    const { other } = this
    void Promise.resolve().then(() => other?.receive(message))
  }

  listen(handler: (data: unknown) => void): void {
    this.handler = handler
    for (const message of this.early.splice(0)) handler(message)
  }

  private receive(message: unknown): void {
    if (this.handler === undefined) this.early.push(message)
    else this.handler(message)
  }
}

/** Starts `executors` executors in this process and gives the driver's ends, in index order.
 *  They share one realm, so nothing here contains user code: for the command line and for tests. */
export function startInProcess(
  executors: number,
  platform: Pick<ExecutorHost, 'importModule' | 'encode' | 'decode' | 'now'>,
): readonly ExecutorPort[] {
  const peers: ExecutorPort[][] = Array.from({ length: executors }, () => [])
  for (let a = 0; a < executors; a++) {
    for (let b = a + 1; b < executors; b++) {
      const [endOfA, endOfB] = makeChannel()
      place(peers, a, b, endOfA)
      place(peers, b, a, endOfB)
    }
  }
  return Array.from({ length: executors }, (_, index) => {
    const [driverEnd, executorEnd] = makeChannel()
    startExecutor({
      index,
      executors,
      driver: executorEnd,
      peers: Array.from({ length: executors }, (_each, peer) => peers[index]?.[peer]),
      ...platform,
    })
    return driverEnd
  })
}

function place(peers: ExecutorPort[][], of: number, peer: number, end: ExecutorPort): void {
  const row = peers[of]
  if (row !== undefined) row[peer] = end
}
