import type { Pipeline } from '#engine/model/pipeline.ts'

/** Which version of a document runs, remembered beyond the life of the page. */
export interface RunMemory {
  save(pipelineId: string, running: Pipeline | undefined): Promise<void>
  find(pipelineId: string): Promise<Pipeline | undefined>
}
