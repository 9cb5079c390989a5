import type { Plan } from '#engine/compile/plan.ts'
import type {
  BatchData,
  BatchFailure,
  CodeFrame,
  FunctionLogs,
  LoggingPlace,
  OutputBatch,
} from '#engine/model/batch-data.ts'
import type { BatchInfo } from '#engine/model/batch-info.ts'
import type { Skipped } from '#engine/model/catch-up.ts'
import type { ContextState, RecoveryReport } from '#engine/model/run-state.ts'
import type { RunListener } from '#engine/runtime/driver/context/run-listener.ts'
import type { Loss } from '#engine/runtime/driver/executors/executor-set.ts'
import { printable, printLogs } from './print-logs.ts'
import { batchLine, errorLine, type RunLine } from './run-line.ts'

export interface ReportOptions {
  readonly plan: Plan
  /** Known once the context is active. */
  zeroMs(): number
  print(line: RunLine): void
  /** One line for the person: warnings, and what functions log. */
  tell(text: string): void
  /** A batch is done and its lines are printed. */
  onCompleted(timeMs: number): void
  onExecutorsLost(loss: Loss): void
  onStopped(reason: string | undefined): void
}

/** Turns what a run tells of itself into lines: per batch the collected RDDs, the errors, the batch. */
export class RunReport implements RunListener {
  /** Whether a batch failed, to be generated or to run. */
  hasFailed = false
  private readonly options: ReportOptions
  /** Output operations that collect: id → node. */
  private readonly collected: ReadonlyMap<number, string>
  private readonly submitted = new Set<number>()
  private isStarted = false

  constructor(options: ReportOptions) {
    this.options = options
    this.collected = new Map(
      options.plan.outputs.flatMap(({ action, node }, id) => (action.kind === 'collect' ? [[id, node]] : [])),
    )
  }

  /** Prints the first line, once. Whatever comes first calls it: a recovered run may have batches before its start returns. */
  start(): void {
    if (!this.isStarted) this.options.print({ type: 'started', zeroMs: this.options.zeroMs() })
    this.isStarted = true
  }

  onState(state: ContextState, reason?: string): void {
    if (state === 'STOPPED') this.options.onStopped(reason)
  }

  onBatch({ batchTimeMs, status }: BatchInfo): void {
    if (status === 'queued') this.submitted.add(batchTimeMs)
  }

  onBatchCompleted(info: BatchInfo, { outputs, failures }: BatchData): void {
    this.start()
    const { print, tell } = this.options
    const { batchTimeMs: timeMs } = info
    const failed = new Set(info.outputs.filter((each) => each.failureReason !== undefined).map((each) => each.id))
    const isFailed = failures.length > 0 || failed.size > 0
    for (const [id, node] of this.collected) {
      const output = outputs.find((each) => each.id === id)
      if (output === undefined || failed.has(id)) continue
      print({ type: 'rdd', timeMs, node, partitions: output.partitions, records: output.rows })
    }
    for (const line of outputs.flatMap((each) => each.lines)) tell(printable(line))
    for (const logs of this.heardOnce(outputs)) for (const line of printLogs(timeMs, logs)) tell(line)
    for (const failure of failures) print(errorLine(failure))
    print(batchLine(info, isFailed))
    this.submitted.delete(timeMs)
    if (isFailed) this.hasFailed = true
    this.options.onCompleted(timeMs)
  }

  /** What functions logged. Collecting a node calls them once more: then it tells only what no other output has told. */
  private heardOnce(outputs: readonly OutputBatch[]): readonly FunctionLogs[] {
    const logsOf = (isCollecting: boolean) =>
      outputs.flatMap(({ id, logs }) => (logs === undefined || this.collected.has(id) !== isCollecting ? [] : [logs]))
    const told = logsOf(false)
    const heard = new Set(told.flatMap(({ lines }) => lines.map(({ node }) => node)))
    const isNew = ({ node }: LoggingPlace): boolean => !heard.has(node)
    return [
      ...told,
      ...logsOf(true).map(({ lines, more }) => ({ lines: lines.filter(isNew), more: more.filter(isNew) })),
    ]
  }

  onFailure(failure: BatchFailure): void {
    this.hasFailed = true
    // A failed job is told again with its batch; a batch that could not be generated has no other line.
    if (this.submitted.has(failure.timeMs)) return
    this.start()
    this.options.print(errorLine(failure))
  }

  onReceivers(): void {}

  onRecovered({ checkpointMs, rerunCount, missedCount, rerunMs }: RecoveryReport): void {
    const again = rerunCount - missedCount
    const parts = [
      ...(again === 0 ? [] : [`${again} ${again === 1 ? 'batch' : 'batches'} again`]),
      ...(missedCount === 0 ? [] : [`${missedCount} of the down time`]),
    ]
    const running = parts.length === 0 ? '' : `; running ${parts.join(' and ')}, from ${rerunMs[0]} ms`
    this.options.tell(`Recovered from the checkpoint of ${checkpointMs} ms${running}.`)
  }

  onExecutorsLost(loss: Loss): void {
    this.options.tell(`warning: ${loss.reason}`)
    this.options.onExecutorsLost(loss)
  }

  onCheckpoint(): void {}

  onIncident(): void {}

  onLost(): void {}

  onSkipped({ why, fromMs, toMs, count }: Skipped): void {
    const missed = why === 'restart' ? 'of the down time' : 'that came too late'
    this.options.tell(`Left out ${count} ${count === 1 ? 'batch' : 'batches'} ${missed}, from ${fromMs} to ${toMs} ms.`)
  }

  onWarning(message: string, node?: string, [frame]: readonly CodeFrame[] = []): void {
    const place =
      frame === undefined
        ? ''
        : ` (line ${frame.line}, column ${frame.column}${frame.node === undefined ? ' of the shared code' : ''})`
    this.options.tell(`warning: ${node === undefined ? '' : `${node}: `}${message}${place}`)
  }
}
