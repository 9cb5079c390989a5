// Runs a custom receiver in the real frame, with the driver's side of the conversation as the test wants it. The page holds the port here, as the
// real one never does, so that a test can count what arrives.
import { receiverModule } from '#engine/compile/receiver-module.ts'
import type { ReceiverCommand, ReceiverMessage } from '#engine/runtime/receiver/receiver-wire.ts'
import { openReceiverFrame } from '#workers/page/receiver-frame.ts'

export interface ReceiverRun {
  readonly code: string
  /** How often, and how long in between, it is asked for what it has. */
  readonly pulls: number
  readonly everyMs: number
  /** Starts asking only after so long. */
  readonly afterMs?: number
  /** How much longer an answer may take. */
  readonly patienceMs?: number
}

/** What came, message by message; the times are when it was asked. */
export interface ReceiverSeen {
  readonly messages: readonly ReceiverMessage[]
  /** Messages that came before the first pull. */
  readonly unasked: number
  readonly died: readonly string[]
}

const LONG_MS = 10_000

export async function runReceiver({
  code,
  pulls,
  everyMs,
  afterMs = 0,
  patienceMs = LONG_MS,
}: ReceiverRun): Promise<ReceiverSeen> {
  const messages: ReceiverMessage[] = []
  const died: string[] = []
  const frame = openReceiverFrame((reason) => died.push(reason))
  const tell = (command: ReceiverCommand): void => frame.port.postMessage(command)
  frame.port.onmessage = ({ data }: MessageEvent<ReceiverMessage>) => messages.push(data)
  await frame.ready
  tell({ kind: 'load', text: receiverModule(undefined, code), streamId: 0, broadcasts: [], window: 1000 })
  tell({ kind: 'start' })
  await until(() => messages.some(({ kind }) => kind === 'loaded'), LONG_MS)
  await pause(afterMs)
  const unasked = messages.length
  for (let seq = 1; seq <= pulls; seq += 1) {
    tell({ kind: 'pull', seq, records: 1000, blocks: 1, window: 1000 })
    await pause(everyMs)
    await until(() => messages.some((each) => each.kind === 'answer' && each.seq === seq), patienceMs)
  }
  frame.remove()
  return { messages, unasked, died }
}

/** Until the condition holds, or the time is over. */
async function until(condition: () => boolean, mostMs: number): Promise<void> {
  const endMs = performance.now() + mostMs
  while (!condition() && performance.now() < endMs) await pause(5)
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
