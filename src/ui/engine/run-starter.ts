import type { DocumentStore } from '#ui/state/document-store.ts'
import { preferences } from '#ui/state/preferences.ts'
import { isBusy } from '#ui/state/run-phase.ts'
import type { RunStore } from '#ui/state/run-store.ts'
import { askRestart } from './ask-restart.ts'
import type { EngineClient } from './engine-client.ts'
import { type RestartChoice, restartChoices } from './restart-question.ts'

type Asks = typeof askRestart

export interface StarterOptions {
  readonly client: Pick<EngineClient, 'run' | 'stop' | 'step' | 'checkpoints' | 'findCheckpoint'>
  readonly document: DocumentStore
  readonly run: RunStore
  readonly ask?: Asks
  /** Where answers that hold for a pipeline are kept. */
  readonly memory?: Pick<typeof preferences, 'getItem' | 'setItem'>
}

/** Starts what a person asks for, and asks back before a checkpoint of another version of the document is lost or put to use. */
export class RunStarter {
  readonly #client: StarterOptions['client']
  readonly #document: DocumentStore
  readonly #run: RunStore
  readonly #ask: Asks
  readonly #memory: NonNullable<StarterOptions['memory']>

  constructor({ client, document, run, ask = askRestart, memory = preferences }: StarterOptions) {
    this.#client = client
    this.#document = document
    this.#run = run
    this.#ask = ask
    this.#memory = memory
  }

  /** The document as it is now. A checkpoint of the same program is replaced: that is what Run says. */
  async start(): Promise<void> {
    const choice = await this.#choose(true)
    if (choice !== undefined) await this.#client.run(choice === 'saved' ? 'resume' : choice)
  }

  /** Stops what runs at once, then as `start`. */
  async restart(): Promise<void> {
    const choice = await this.#choose(true)
    if (choice === undefined) return
    await this.#client.stop({ graceful: false })
    await this.#client.run(choice === 'saved' ? 'resume' : choice)
  }

  /** One batch; when nothing runs, of a run that starts paused, as `start` would. */
  async step(): Promise<void> {
    if (!isBusy(this.#run.getState().phase)) {
      const choice = await this.#choose(true)
      if (choice === undefined) return
      await this.#client.run(choice === 'saved' ? 'resume' : choice, { paused: true })
    }
    await this.#client.step()
  }

  /** Goes on from the checkpoint; the value says whether there was one. */
  async resume(): Promise<boolean> {
    const { id } = this.#document.getState()
    if ((await this.#client.findCheckpoint(id)) === undefined) {
      await this.#client.run('fresh')
      return false
    }
    const choice = await this.#choose(false)
    if (choice !== undefined) await this.#client.run(choice === 'saved' ? 'resume' : choice)
    return true
  }

  async #choose(isNew: boolean): Promise<RestartChoice | undefined> {
    const { id, pipeline } = this.#document.getState()
    const usual = isNew ? 'fresh' : 'saved'
    const comparison = await this.#client.checkpoints.compare(id, pipeline)
    if (comparison === undefined || comparison.same || (isNew && !comparison.holdsData)) return usual
    const canKeep = pipeline.settings.checkpoint
    const remembered = restartChoices.find((each) => each === this.#memory.getItem(keyOf(id)))
    // Whoever goes on from a checkpoint by name is always asked how.
    if (isNew && remembered !== undefined && (canKeep || remembered !== 'keep')) return remembered
    const { choice, always } = await this.#ask({ comparison, canKeep })
    if (choice !== undefined && always) this.#memory.setItem(keyOf(id), choice)
    return choice
  }
}

const keyOf = (pipelineId: string): string => `restart.${pipelineId}`
