import type { Plan } from '#engine/compile/plan.ts'
import type { SinkState } from '#engine/model/sink-state.ts'
import type { Timers } from '#engine/runtime/driver/clock/timers.ts'
import { Sink } from './sink.ts'
import type { ConnectSink } from './sink-connection.ts'

/** How often the page hears of messages; of a state that turned it hears at once. */
const TELL_MS = 250

/** The connections of all outputs of a plan that send: open from the start of the run to its end. */
export class SinkSet {
  private readonly sinks = new Map<number, Sink>()
  private readonly timers: Timers
  private readonly tell: (states: readonly SinkState[]) => void
  private told = ''
  private cancelTell: (() => void) | undefined

  constructor(
    plan: Plan,
    timers: Timers,
    connect: ConnectSink | undefined,
    tell: (states: readonly SinkState[]) => void,
  ) {
    this.timers = timers
    this.tell = tell
    for (const [output, { node, action }] of plan.outputs.entries()) {
      if (action.kind !== 'send' || connect === undefined) continue
      const onChange = (): void => this.changed()
      this.sinks.set(output, new Sink({ node, address: action.url, timers, connect, onChange }))
    }
  }

  get states(): readonly SinkState[] {
    return [...this.sinks.values()].map((sink) => sink.state)
  }

  /** Undefined on a platform that sends nothing. */
  find(output: number): Sink | undefined {
    return this.sinks.get(output)
  }

  start(): void {
    for (const sink of this.sinks.values()) sink.start()
  }

  stop(): void {
    for (const sink of this.sinks.values()) sink.stop()
    this.say()
  }

  private changed(): void {
    const turns = this.states.map(({ state }) => state).join()
    if (turns !== this.told) this.say()
    else this.cancelTell ??= this.timers.after(TELL_MS, () => this.say())
  }

  private say(): void {
    this.cancelTell?.()
    this.cancelTell = undefined
    this.told = this.states.map(({ state }) => state).join()
    if (this.sinks.size > 0) this.tell(this.states)
  }
}
