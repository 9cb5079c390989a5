import { type Diagnostic, problem } from '#engine/model/diagnostic.ts'
import type { Settings } from '#engine/model/pipeline.ts'

/** Settings that the document's own form cannot rule out. */
export function checkSettings(settings: Settings): Diagnostic[] {
  const problems: Diagnostic[] = []
  const parallelism = settings.conf['spark.default.parallelism']
  if (
    parallelism !== undefined &&
    !(Number.isInteger(Number(parallelism)) && Number(parallelism) >= 1 && Number(parallelism) <= 1024)
  ) {
    problems.push(
      problem('settings/parallelism', `spark.default.parallelism is ${JSON.stringify(parallelism)}.`, {
        path: ['settings', 'conf', 'spark.default.parallelism'],
        hint: 'Give a whole number from 1 to 1024.',
      }),
    )
  }
  return problems
}
