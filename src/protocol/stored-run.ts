import type { Pipeline } from '#engine/model/pipeline.ts'

/** What a run file holds, before any of it is used. */
export interface CarriedRun {
  /** The version that ran; all of its code. */
  readonly pipeline: Pipeline
  /** Newest batch. */
  readonly checkpointMs: number
  /** Wall ms of the checkpoint. */
  readonly savedAtMs: number
}

/** What one pipeline takes of this browser's storage, in bytes as they were written. */
export interface PipelineUse {
  readonly pipelineId: string
  readonly checkpointBytes: number
  /** What is left of a damaged run. */
  readonly asideBytes: number
  readonly fileBytes: number
}
