import { parsePipelineText } from '#engine/model/parse-pipeline.ts'
import type { Pipeline } from '#engine/model/pipeline.ts'
import type { Result } from '#engine/model/result.ts'
import { readText } from './read-text.ts'

/** The document in a file.
 *  Fails: cli/unreadable, and as parsePipelineText */
export async function loadDocument(path: string): Promise<Result<Pipeline>> {
  const text = await readText(path, 'The document')
  return text.ok ? parsePipelineText(text.value) : text
}
