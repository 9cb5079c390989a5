// A run as a file: what the driver prints of it, as a gzip that other programs unpack too.
import { type Diagnostic, problem } from '#engine/model/diagnostic.ts'
import { MAX_RUN_BYTES } from '#engine/model/limits.ts'
import { err, ok, type Result } from '#engine/model/result.ts'
import { plainName } from '#ui/download/plain-name.ts'
import { saveBlob } from '#ui/download/save-blob.ts'
import { RUN_FILE_ENDING } from './is-run-file.ts'
import { pipe } from './pipe-bytes.ts'

/** Bytes of a packed file: what gives more than this is no checkpoint. */
const MAX_PACKED_BYTES = MAX_RUN_BYTES / 2

/** Hands a run's text to the person; gives the file's name. */
export async function saveRunFile(pipelineName: string, text: string): Promise<string> {
  const name = `${plainName(pipelineName)}${RUN_FILE_ENDING}`
  saveBlob(name, await packRun(text))
  return name
}

export async function packRun(text: string): Promise<Blob> {
  const packed = await pipe(new TextEncoder().encode(text), new CompressionStream('gzip'), Number.POSITIVE_INFINITY)
  return new Blob(packed === undefined ? [] : [packed], { type: 'application/gzip' })
}

/** A stranger's file → text, unpacked no further than a run may be large.
 *  Fails: run-file/too-large, run-file/damaged */
export async function unpackRun(file: Blob, mostBytes = MAX_RUN_BYTES): Promise<Result<string, Diagnostic>> {
  if (file.size > MAX_PACKED_BYTES) return err(tooLarge())
  try {
    const packed = new Uint8Array(await file.arrayBuffer())
    const bytes = await pipe(packed, new DecompressionStream('gzip'), mostBytes)
    return bytes === undefined ? err(tooLarge()) : ok(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    return err(
      problem('run-file/damaged', 'This run is damaged: it cannot be unpacked.', {
        hint: 'Save it again where it ran, and copy the whole file.',
      }),
    )
  }
}

function tooLarge(): Diagnostic {
  return problem('run-file/too-large', 'This run is larger than Sluice can carry.', {
    hint: `It may take ${MAX_RUN_BYTES / 1024 / 1024} MiB unpacked.`,
  })
}
