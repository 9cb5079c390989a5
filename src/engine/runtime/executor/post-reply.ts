import { type ExecutorMessage, MAX_PART_CHARS, type Reply } from '#engine/runtime/wire.ts'
import type { ExecutorPort } from './executor-host.ts'

/** Sends a reply as text, in parts small enough for the driver to take one by one. */
export function postReply(port: ExecutorPort, seq: number, reply: Reply): void {
  const text = JSON.stringify(reply)
  const parts = Math.max(1, Math.ceil(text.length / MAX_PART_CHARS))
  for (let part = 0; part < parts; part++) {
    port.post({
      kind: 'part',
      seq,
      part,
      parts,
      text: text.slice(part * MAX_PART_CHARS, (part + 1) * MAX_PART_CHARS),
    } satisfies ExecutorMessage)
  }
}
