import type { OutputSpec } from '#engine/operator/stream-spec.ts'
import type { ExecutorPort } from '#engine/runtime/executor/executor-host.ts'
import { type ExecutorMessage, MAX_PART_CHARS, type Reply } from '#engine/runtime/wire.ts'
import { MAX_REPLY_CHARS, tooLarge } from './print-files.ts'

/** Sends a reply as text, in parts small enough for the driver to take one by one. What a job saves may be too much:
 *  then it fails. */
export function postReply(port: ExecutorPort, seq: number, reply: Reply, outputs: readonly OutputSpec[]): void {
  const text = fitting(reply) ?? JSON.stringify(withoutFiles(reply, outputs))
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

/** The text of a reply; undefined when it is too long. */
function fitting(reply: Reply): string | undefined {
  try {
    const text = JSON.stringify(reply)
    return text.length <= MAX_REPLY_CHARS ? text : undefined
  } catch (error) {
    // Longer than any string may be.
    if (error instanceof RangeError) return undefined
    throw error
  }
}

function withoutFiles(reply: Reply, outputs: readonly OutputSpec[]): Reply {
  const [{ files: _files, ...job }] = reply.jobs
  return { ...reply, jobs: [{ ...job, failure: tooLarge(outputs[job.output]?.node ?? '').report }] }
}
