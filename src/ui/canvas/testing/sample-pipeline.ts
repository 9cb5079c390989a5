import { invariant } from '#engine/model/invariant.ts'
import { parsePipeline } from '#engine/model/parse-pipeline.ts'
import type { Pipeline } from '#engine/model/pipeline.ts'

/** A document for tests: `id: operator at x,y`, then `from>to` or `from>to.port`. */
export function samplePipeline(nodes: readonly string[], edges: readonly string[] = []): Pipeline {
  const parsed = parsePipeline({
    format: 'sluice/1',
    nodes: nodes.map((text) => {
      const [id = '', op = '', at = '0,0'] = text.split(/: | at /)
      return { id, op, at: at.split(',').map(Number), params: {} }
    }),
    edges: edges.map((text) => {
      const [from = '', to = '', port = 'in'] = text.split(/[>.]/)
      return port === 'in' ? { from, to } : { from, to, port }
    }),
  })
  invariant(parsed.ok, parsed.ok ? '' : `sample: ${parsed.error[0]?.message}`)
  return parsed.value
}

/** The edges of a document as samplePipeline reads them. */
export function edgesOf(pipeline: Pipeline): readonly string[] {
  return pipeline.edges.map(({ from, to, port }) => `${from}>${to}${port === undefined ? '' : `.${port}`}`)
}
