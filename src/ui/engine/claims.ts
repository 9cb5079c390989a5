import type { StartRequest } from '#protocol/driver-service.ts'
import type { CallDriver } from './driver-link.ts'

/** This tab's right to run a pipeline: the last one that it claimed. */
export class Claims {
  readonly #call: CallDriver
  #claim: { readonly pipelineId: string; readonly fence: Promise<string | undefined> } | undefined

  constructor(call: CallDriver) {
    this.#call = call
  }

  /** Makes this tab the one that may run the pipeline, also when another one still thinks so. */
  make(pipelineId: string): void {
    const claimed = this.#call((service) => service.claim(pipelineId))
    // A start without it claims once more, and says what is wrong.
    const fence = claimed.then(
      (answer) => answer?.value,
      () => undefined,
    )
    this.#claim = { pipelineId, fence }
  }

  /** The request with what the claim of its pipeline gave; without, its start is a claim. */
  async addTo(request: StartRequest): Promise<StartRequest> {
    const fence = await this.fenceOf(request.pipelineId)
    return fence === undefined ? request : { ...request, fence }
  }

  async fenceOf(pipelineId: string): Promise<string | undefined> {
    return this.#claim?.pipelineId === pipelineId ? await this.#claim.fence : undefined
  }
}
