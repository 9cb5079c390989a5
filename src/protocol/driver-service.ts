import type { BatchData } from '#engine/model/batch-data.ts'
import type { CheckpointReport } from '#engine/model/checkpoint-report.ts'
import type { Diagnostic } from '#engine/model/diagnostic.ts'
import type { Fault, FaultTargets } from '#engine/model/fault.ts'
import type { Pipeline } from '#engine/model/pipeline.ts'
import type { Result } from '#engine/model/result.ts'
import type { ContextState } from '#engine/model/run-state.ts'
import type { StateFate } from '#engine/model/state-fate.ts'
import type { LookPage } from './look-page.ts'
import type { SavedFiles } from './saved-files.ts'
import type { CarriedRun, PipelineUse } from './stored-run.ts'

export interface StartRequest {
  /** Names the checkpoint directory of this pipeline in this browser. */
  readonly pipelineId: string
  readonly pipeline: Pipeline
  readonly clock: { readonly kind: 'virtual' | 'real'; readonly speed: number | 'max'; readonly paused: boolean }
  /** `resume` goes on from the checkpoint when there is one (with the pipeline saved in it); `fresh` deletes it first; `keep` has the saved
   *  pipeline run what it had begun, and goes on with this one from the states that it takes over. */
  readonly from: 'resume' | 'fresh' | 'keep'
  /** Whether a restart leaves out the batches of the down time, and later ones that are missed. */
  readonly skipMissed: boolean
  /** What `claim` gave to this tab; left out, the start is a claim. */
  readonly fence?: string
  /** Of the checkpoint to go on from, which may be another machine's; left out, this machine's. */
  readonly machineCores?: number
}

export interface StoredCheckpoint {
  readonly pipelineId: string
  readonly checkpointMs: number
  /** Wall ms when it was written. */
  readonly savedAtMs: number
  /** The context was active when it was written: the tab closed, or the worker died, while it ran. */
  readonly running: boolean
  readonly clock: 'virtual' | 'real'
  readonly speed: number | 'max'
  readonly paused: boolean
  /** What `local[*]` stood for; it still does when the run goes on. */
  readonly machineCores: number
  readonly bytes: number
}

/** A checkpoint beside a document. */
export interface CheckpointComparison {
  /** They would run alike. */
  readonly same: boolean
  readonly checkpointMs: number
  /** Wall ms when it was written. */
  readonly savedAtMs: number
  /** What becomes of each state when the document takes the checkpoint over. */
  readonly fates: readonly StateFate[]
  /** There is something to lose: states, or received records. */
  readonly holdsData: boolean
}

/** What the page asks of the driver worker, through comlink: control only, never per record.
 *  `Port` is the platform's MessagePort.
 *  Every method answers with a Result; a call whose worker died never settles, which the page's client bounds with a heartbeat. */
export interface DriverService<Port> {
  /** Port for `DriverEvent`s; call once, first. */
  connect(events: Port): Promise<void>
  /** Port on which the page hears which workers custom receivers need, see receiver-workers.ts; call once, first. */
  connectReceivers(page: Port): Promise<void>
  /** One port per executor, in index order; call before `start` and after `executorsLost`. */
  attach(executors: readonly Port[]): Promise<void>
  start(request: StartRequest): Promise<Result<{ readonly state: ContextState }, readonly Diagnostic[]>>
  pause(): Promise<void>
  resume(): Promise<void>
  /** One batch; only while paused on the virtual clock. */
  step(): Promise<void>
  setSpeed(speed: number | 'max'): Promise<void>
  /** Has the missed batches wait, or run on. */
  pauseCatchUp(paused: boolean): Promise<void>
  /** Leaves out the missed batches that have not begun; with `always` also those that are missed later in this run. */
  skipMissed(always: boolean): Promise<void>
  /** Resolves when the context is STOPPED. */
  stop(options: { readonly graceful: boolean }): Promise<void>
  /** Lines typed into a manualStream. */
  send(node: string, lines: readonly string[]): Promise<Result<number, string>>
  /** Looks closely at this node from the next batch on: takes down its first `limit` records, and picks `limit` of the others so that each has the
   *  same chance. Undefined goes back to the first 20 of every node. */
  watch(node: string | undefined, limit: number): Promise<void>
  /** Rows that `NodeBatch.rows` counts, a page at a time; undefined when there is no such page, or no more. */
  lookAt(node: string, timeMs: number, page: number): Promise<LookPage | undefined>
  /** A past batch, while it is retained (newest 300). */
  batchData(timeMs: number): Promise<BatchData | undefined>
  findCheckpoint(pipelineId: string): Promise<StoredCheckpoint | undefined>
  /** How the checkpoint and a document differ; undefined without a checkpoint, or when one of the two cannot run. */
  compareCheckpoint(pipelineId: string, pipeline: Pipeline): Promise<CheckpointComparison | undefined>
  deleteCheckpoint(pipelineId: string): Promise<void>
  /** Makes this tab the one that may run the pipeline: a driver elsewhere that still runs it stops at once and can store nothing more. */
  claim(pipelineId: string): Promise<string>
  /** Removes the checkpoint and the saved files of a pipeline that is deleted; whoever runs it stops at its next checkpoint. */
  forget(pipelineId: string): Promise<void>
  /** The checkpoint of a pipeline as a text that `importRun` takes in another browser; of a run that is on, as of its last step. */
  exportRun(pipelineId: string): Promise<Result<string, readonly Diagnostic[]>>
  /** What was set aside of a damaged run when another began, as a text for whoever looks into it; undefined when there is none. */
  remains(pipelineId: string, act: 'read' | 'delete'): Promise<string | undefined>
  /** What such a text holds. Stores nothing. */
  readRun(text: string): Promise<Result<CarriedRun, readonly Diagnostic[]>>
  /** Puts it in the place of the pipeline's checkpoint; `fence` is what `claim` gave. */
  importRun(pipelineId: string, fence: string, text: string): Promise<Result<void, readonly Diagnostic[]>>
  /** What every pipeline takes of this browser's storage, those first that take most. */
  measureStorage(): Promise<readonly PipelineUse[]>
  /** What the pipeline's output operations have saved in this browser: the `most` directories that were saved last. */
  listFiles(pipelineId: string, most: number): Promise<Result<SavedFiles, string>>
  /** The text of one file; `path` is its directory, a slash and its name. */
  readFile(pipelineId: string, path: string): Promise<Result<string, string>>
  /** One directory, or without `directory` all of the pipeline. */
  deleteFiles(pipelineId: string, directory?: string): Promise<Result<void, string>>
  /** Strikes the run, as somebody asked who wants to see it recover. Fails: why there is nothing to strike, in words */
  strike(fault: Fault): Promise<Result<void, string>>
  /** What can be struck; undefined before the first run. */
  faultTargets(): Promise<FaultTargets | undefined>
  /** What the checkpoint directory of a pipeline holds, and how far the streams of its run lead back. */
  reportCheckpoints(pipelineId: string): Promise<CheckpointReport>
  ping(): Promise<'pong'>
}
