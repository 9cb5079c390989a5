import { parsePipelineText } from '#engine/model/parse-pipeline.ts'

/** How many nodes a stored text has; undefined when it cannot be read. */
export function summarize(text: string): number | undefined {
  const parsed = parsePipelineText(text)
  return parsed.ok ? parsed.value.nodes.length : undefined
}
