import type { Pipeline } from '#engine/model/pipeline.ts'
import type { CheckpointComparison } from '#protocol/driver-service.ts'
import type { CallDriver } from './driver-link.ts'

/** The screen's way to what a restart does with a checkpoint, and with the batches that were missed. */
export class CheckpointsClient {
  readonly #call: CallDriver

  constructor(call: CallDriver) {
    this.#call = call
  }

  /** How the checkpoint of a pipeline and a document differ; undefined without one that could be gone on with. */
  async compare(pipelineId: string, pipeline: Pipeline): Promise<CheckpointComparison | undefined> {
    return (await this.#call((service) => service.compareCheckpoint(pipelineId, pipeline)))?.value
  }

  async pauseCatchUp(paused: boolean): Promise<void> {
    await this.#call((service) => service.pauseCatchUp(paused))
  }

  /** Leaves out the missed batches that have not begun; with `always` also those that this run misses later. */
  async skipMissed(always: boolean): Promise<void> {
    await this.#call((service) => service.skipMissed(always))
  }
}
