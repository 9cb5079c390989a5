import type { CheckpointStep, CheckpointStore } from '#engine/checkpoint/checkpoint-store.ts'
import type { OutputFiles, SavedPart } from '#engine/runtime/driver/files/output-files.ts'
import type { ExecutorPort } from '#engine/runtime/executor/executor-host.ts'
import type { RunOptions } from './run-pipeline.ts'

/** What outlives a driver. */
export interface Surroundings {
  readonly store: CheckpointStore
  readonly files: OutputFiles & { readonly directories: Map<string, readonly SavedPart[]> }
}

/** A driver that dies at one of its steps: before or after it stores something, saves a file, tells executors something, or hears of them.
 *  Nothing that it does afterwards has any effect. */
export class MortalDriver {
  /** Steps so far; after a run that nobody killed, all there are. */
  steps = 0
  /** Batches that were seen to complete. */
  readonly completed: number[] = []
  private readonly around: Surroundings
  private readonly diesAt: number
  private readonly death: Promise<void>
  private die: () => void = () => {}

  /** `diesAt` counts from 1; 0: never. */
  constructor(around: Surroundings, diesAt = 0) {
    this.around = around
    this.diesAt = diesAt
    this.death = new Promise((resolve) => {
      this.die = resolve
    })
  }

  get isDead(): boolean {
    return this.diesAt > 0 && this.steps >= this.diesAt
  }

  /** What to run it with. */
  get options(): Partial<RunOptions> {
    return {
      store: {
        read: () => this.around.store.read(),
        write: (step) => this.write(step),
        clear: () => this.around.store.clear(),
      },
      files: { save: (directory, parts) => this.save(directory, parts) },
      wrapPort: (port) => this.wrap(port),
      onCompleted: ({ batchTimeMs }) => {
        if (!this.isDead) this.completed.push(batchTimeMs)
      },
      ...(this.diesAt > 0 ? { death: this.death } : {}),
    }
  }

  /** One step. Gives whether the driver lives to see it. */
  private step(): boolean {
    if (this.isDead) return false
    this.steps += 1
    if (this.isDead) this.die()
    return !this.isDead
  }

  private async write(step: CheckpointStep): Promise<void> {
    if (!this.step()) throw new Error(DEAD)
    await this.around.store.write(step)
    if (!this.step()) throw new Error(DEAD)
  }

  private async save(directory: string, parts: readonly SavedPart[]): Promise<void> {
    if (this.isDead) throw new Error(DEAD)
    // What is replaced is gone before the new one is whole.
    this.around.files.directories.delete(directory)
    if (!this.step()) throw new Error(DEAD)
    await this.around.files.save(directory, parts)
    if (!this.step()) throw new Error(DEAD)
  }

  private wrap(port: ExecutorPort): ExecutorPort {
    return {
      post: (message) => {
        if (!isPartOfBatch(message)) port.post(message)
        else if (this.step()) {
          port.post(message)
          this.step()
        }
      },
      listen: (handler) =>
        port.listen((message) => {
          if (!isPartOfBatch(message)) handler(message)
          else if (this.step()) {
            handler(message)
            this.step()
          }
        }),
    }
  }
}

const DEAD = 'The driver is dead.'

/** An order, or a part of what an executor answers: before the first order there is nothing to lose. */
function isPartOfBatch(message: unknown): boolean {
  const { kind } = message as { readonly kind: string } // all messages of wire.ts have one
  return kind === 'batch' || kind === 'part'
}
