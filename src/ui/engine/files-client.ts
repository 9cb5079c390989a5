import { err, type Result } from '#engine/model/result.ts'
import type { SavedFiles } from '#protocol/saved-files.ts'
import { t } from '#ui/words/words.ts'
import type { CallDriver } from './driver-link.ts'

/** The screen's way to what pipelines have saved in this browser. Errors are sentences for the person. */
export class FilesClient {
  readonly #call: CallDriver

  constructor(call: CallDriver) {
    this.#call = call
  }

  /** Saved last first, `most` directories at most. */
  async list(pipelineId: string, most: number): Promise<Result<SavedFiles, string>> {
    return (await this.#call((service) => service.listFiles(pipelineId, most)))?.value ?? err(t('engine.noFiles'))
  }

  /** The text of one file. */
  async read(pipelineId: string, path: string): Promise<Result<string, string>> {
    return (await this.#call((service) => service.readFile(pipelineId, path)))?.value ?? err(t('engine.noFiles'))
  }

  /** One directory, or without it all of the pipeline. */
  async delete(pipelineId: string, directory?: string): Promise<Result<void, string>> {
    const deleted = await this.#call((service) => service.deleteFiles(pipelineId, directory))
    return deleted?.value ?? err(t('engine.noFiles'))
  }
}
