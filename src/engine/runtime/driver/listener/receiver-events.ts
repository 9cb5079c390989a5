import type { Plan } from '#engine/compile/plan.ts'
import type { ReceiverState } from '#engine/model/run-state.ts'
import type { ReceiverFeed } from '#engine/operator/feed.ts'
import type { ListenerEvent, ReceiverInfo } from './listener-event.ts'

type LastError = Pick<ReceiverInfo, 'lastErrorMessage' | 'lastError' | 'lastErrorTime'>

const noError: LastError = { lastErrorMessage: '', lastError: '', lastErrorTime: -1 }

const CLASSES: Readonly<Record<ReceiverFeed['kind'], string>> = {
  manual: 'ManualReceiver',
  webSocket: 'WebSocketReceiver',
  custom: 'CustomReceiver',
}

interface Known {
  readonly isRunning: boolean
  readonly reason: string | undefined
  readonly error: LastError
}

/** Follows the receivers of a run and says what listeners are told of them. As Spark's, a receiver has started before it has connected,
 *  stops when it loses its connection, and starts again. It runs where Spark's do in local mode: in the driver.
 *  Source: scheduler/ReceiverTracker registerReceiver, deregisterReceiver, reportError */
export class ReceiverEvents {
  private readonly plan: Plan
  private readonly known = new Map<number, Known>()

  constructor(plan: Plan) {
    this.plan = plan
  }

  changed(states: readonly ReceiverState[], nowMs: number): readonly ListenerEvent[] {
    return states.flatMap((state) => this.change(state, nowMs))
  }

  /** A receiver reports what is wrong and goes on. */
  reported(states: readonly ReceiverState[], node: string, message: string): readonly ListenerEvent[] {
    return states
      .filter((state) => state.node === node)
      .map(({ streamId }): ListenerEvent => {
        const before = this.find(streamId)
        const error = { ...noError, lastErrorMessage: message, lastErrorTime: before.error.lastErrorTime }
        this.known.set(streamId, { ...before, error })
        return { kind: 'ReceiverError', receiverInfo: this.info(streamId) }
      })
  }

  private change(state: ReceiverState, nowMs: number): ListenerEvent[] {
    const { streamId, lastError: reason } = state
    const before = this.find(streamId)
    const isRunning = state.state === 'connecting' || state.state === 'active'
    if (isRunning === before.isRunning) return []
    const error = isRunning
      ? noError
      : { ...noError, lastErrorMessage: stopMessage(state, before.reason, nowMs), lastErrorTime: nowMs }
    this.known.set(streamId, { isRunning, reason, error })
    return [{ kind: isRunning ? 'ReceiverStarted' : 'ReceiverStopped', receiverInfo: this.info(streamId) }]
  }

  private find(streamId: number): Known {
    return this.known.get(streamId) ?? { isRunning: false, reason: undefined, error: noError }
  }

  private info(streamId: number): ReceiverInfo {
    const { isRunning, error } = this.find(streamId)
    const stream = this.plan.inputs.find((input) => input.inputStreamId === streamId)?.stream ?? -1
    const spec = this.plan.streams[stream]?.spec
    const kind = spec?.kind === 'source' && spec.feed.kind === 'receiver' ? spec.feed.receiver.kind : 'manual'
    const name = `${CLASSES[kind]}-${streamId}`
    return { streamId, name, active: isRunning, location: 'localhost', executorId: 'driver', ...error }
  }
}

function stopMessage(
  { lastError, retryAtMs, isRelaunch = false }: ReceiverState,
  before: string | undefined,
  nowMs: number,
): string {
  if (isRelaunch) return lastError ?? ''
  if (retryAtMs !== undefined) return `Restarting receiver with delay ${retryAtMs - nowMs}ms: ${lastError ?? ''}`
  return lastError === undefined || lastError === before ? 'Stopped by driver' : lastError
}
