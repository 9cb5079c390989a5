import { type Diagnostic, problem } from '#engine/model/diagnostic.ts'
import { err, type Result } from '#engine/model/result.ts'
import type { CarriedRun, PipelineUse } from '#protocol/stored-run.ts'
import { t } from '#ui/words/words.ts'
import type { Claims } from './claims.ts'
import type { CallDriver } from './driver-link.ts'

/** The screen's way to what all pipelines have stored in this browser. */
export class StorageClient {
  readonly #call: CallDriver
  readonly #claims: Claims

  constructor(call: CallDriver, claims: Claims) {
    this.#call = call
    this.#claims = claims
  }

  /** Removes the checkpoint and the saved files of a pipeline that is deleted. */
  async forget(pipelineId: string): Promise<void> {
    await this.#call((service) => service.forget(pipelineId))
  }

  /** The checkpoint as the text of a run file. */
  async exportRun(pipelineId: string): Promise<Result<string, readonly Diagnostic[]>> {
    return (await this.#call((service) => service.exportRun(pipelineId)))?.value ?? died()
  }

  /** What was set aside of a damaged run, as a text; undefined when there is none. */
  async exportRemains(pipelineId: string): Promise<string | undefined> {
    return (await this.#call((service) => service.remains(pipelineId, 'read')))?.value
  }

  async deleteRemains(pipelineId: string): Promise<void> {
    await this.#call((service) => service.remains(pipelineId, 'delete'))
  }

  async readRun(text: string): Promise<Result<CarriedRun, readonly Diagnostic[]>> {
    return (await this.#call((service) => service.readRun(text)))?.value ?? died()
  }

  /** The run becomes the checkpoint of a pipeline that this tab has claimed. */
  async importRun(pipelineId: string, text: string): Promise<Result<void, readonly Diagnostic[]>> {
    const fence = await this.#claims.fenceOf(pipelineId)
    if (fence === undefined) return died()
    return (await this.#call((service) => service.importRun(pipelineId, fence, text)))?.value ?? died()
  }

  /** Those first that take most; undefined when nothing could be learned. */
  async measure(): Promise<readonly PipelineUse[] | undefined> {
    return (await this.#call((service) => service.measureStorage()))?.value
  }
}

function died(): Result<never, readonly Diagnostic[]> {
  return err([problem('engine/died', t('engine.noFiles'))])
}
