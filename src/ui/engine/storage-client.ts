import type { CallDriver } from './driver-link.ts'

/** The screen's way to what all pipelines have stored in this browser. */
export class StorageClient {
  readonly #call: CallDriver

  constructor(call: CallDriver) {
    this.#call = call
  }

  /** Removes the checkpoint and the saved files of a pipeline that is deleted. */
  async forget(pipelineId: string): Promise<void> {
    await this.#call((service) => service.forget(pipelineId))
  }
}
