import type { StartRequest } from '#protocol/driver-service.ts'
import type { DriverLink } from './driver-link.ts'

/** This tab's right to run a pipeline: the last one that it claimed. */
export class Claims {
  #claim: { readonly pipelineId: string; readonly fence: Promise<string | undefined> } | undefined

  make(driver: DriverLink, pipelineId: string): void {
    const claimed = driver.call((service) => service.claim(pipelineId))
    this.#claim = { pipelineId, fence: claimed.then((answer) => answer?.value) }
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
