import { invariant } from '#engine/model/invariant.ts'
import type { StreamKind } from '#engine/operator/stream-spec.ts'
import { decodeTagged } from '#engine/record/tagged-json.ts'
import { AsciiText, type Decode } from '#engine/runtime/executor/packed/ascii-text.ts'
import { restorePartition } from '#engine/runtime/executor/state/saved-partition.ts'
import type { Payload } from '#engine/runtime/wire.ts'
import type { Records } from './rdd.ts'

/** The records of what came from the driver for a partition of a stream of this kind. */
export function readPayload(payload: Payload, stream: StreamKind, decode: Decode | undefined): Records {
  if (payload.kind === 'lines') return payload.count === 0 ? [] : payload.text.split('\n')
  if (payload.kind === 'ascii') return new AsciiText(payload, decode).toString().split('\n')
  if (payload.kind === 'saved') return restorePartition(stream, payload)
  const json: unknown = JSON.parse(payload.text)
  const records = payload.kind === 'json' ? json : decodeTagged(json)
  invariant(Array.isArray(records), 'a payload of JSON is an array')
  return records
}
