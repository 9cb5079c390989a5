import { problem } from '#engine/model/diagnostic.ts'
import type { JsonObject } from '#engine/model/json.ts'
import { FORMAT } from '#engine/model/pipeline.ts'
import { err, ok, type Result } from '#engine/model/result.ts'

/** One step from a format to the next; the input may be malformed anywhere but in `format`, and the output is parsed after. */
export type Migration = (document: JsonObject) => JsonObject

/** Step n leads from format n to n + 1. Format 1 is the first, so there is none yet. */
const MIGRATIONS: ReadonlyMap<number, Migration> = new Map()

const CURRENT = Number(FORMAT.split('/')[1])

/** The same document in the current format.
 *  Fails: pipeline/no-format, pipeline/unknown-format, pipeline/newer-format */
export function migrateDocument(
  document: JsonObject,
  migrations: ReadonlyMap<number, Migration> = MIGRATIONS,
  current: number = CURRENT,
): Result<JsonObject> {
  const path = ['format']
  const { format } = document
  if (format === undefined) {
    const message = 'The document names no format, so it was not made by Sluice.'
    return err([problem('pipeline/no-format', message, { path, hint: `Add "format": "${FORMAT}".` })])
  }
  const found = typeof format === 'string' ? /^sluice\/([1-9][0-9]{0,5})$/.exec(format) : null
  if (found === null) {
    const message = 'The format is not one of Sluice.'
    return err([problem('pipeline/unknown-format', message, { path, hint: `Use "${FORMAT}".` })])
  }
  const version = Number(found[1])
  if (version > current) {
    const message = `The document was made by a newer Sluice: its format is ${version}, this Sluice reads up to ${current}.`
    return err([problem('pipeline/newer-format', message, { path, hint: 'Open it with a newer Sluice.' })])
  }
  let migrated = document
  for (let from = version; from < current; from++) {
    const step = migrations.get(from)
    if (step === undefined) {
      const message = `This Sluice no longer reads format ${from}.`
      return err([
        problem('pipeline/unknown-format', message, { path, hint: 'Open it with an older Sluice and save it.' }),
      ])
    }
    migrated = { ...step(migrated), format: `sluice/${from + 1}` }
  }
  return ok(migrated)
}
