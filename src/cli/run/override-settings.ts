import { findClosestName } from '#engine/model/closest-name.ts'
import { type Diagnostic, problem } from '#engine/model/diagnostic.ts'
import type { Json } from '#engine/model/json.ts'
import { parsePipeline } from '#engine/model/parse-pipeline.ts'
import type { Pipeline } from '#engine/model/pipeline.ts'
import { err, type Result } from '#engine/model/result.ts'

const plainKeys = ['batchMs', 'master', 'seed', 'checkpoint'] as const

/** The document with settings given on the command line in place of its own; later ones win.
 *  Shape:  `batchMs`, `master`, `seed` and `checkpoint` by name, every other key in settings.conf
 *  Fails:  cli/unknown-setting, and what parsePipeline says of a value */
export function overrideSettings(
  pipeline: Pipeline,
  conf: readonly (readonly [key: string, value: string])[],
): Result<Pipeline> {
  const settings: Record<string, Json> = {}
  const sparkConf: Record<string, Json> = {}
  const problems: Diagnostic[] = []
  for (const [key, value] of conf) {
    if (plainKeys.some((plain) => plain === key)) settings[key] = key === 'master' ? value : readValue(value)
    else if (key.includes('.')) sparkConf[key] = readValue(value)
    else problems.push(unknownSetting(key))
  }
  if (problems.length > 0) return err(problems)
  return parsePipeline({
    ...pipeline,
    settings: { ...pipeline.settings, ...settings, conf: { ...pipeline.settings.conf, ...sparkConf } },
  })
}

/** A value as a document would hold it: `true` and `20` are no texts, `007` and `1s` are. */
function readValue(text: string): Json {
  if (text === 'true' || text === 'false') return text === 'true'
  return text !== '' && String(Number(text)) === text && Number.isFinite(Number(text)) ? Number(text) : text
}

function unknownSetting(key: string): Diagnostic {
  const closest = findClosestName(key, plainKeys)
  const hint =
    closest === undefined
      ? `Use a key of Spark's with dots in it, or ${plainKeys.join(', ')}.`
      : `Did you mean ${closest}?`
  return problem('cli/unknown-setting', `--conf: there is no setting "${key}".`, { hint })
}
