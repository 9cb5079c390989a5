import { fitPartitions } from '#engine/checkpoint/carry-over.ts'
import { readStoredRun } from '#engine/checkpoint/entries.ts'
import type { StateFate } from '#engine/model/state-fate.ts'
import { VirtualClock } from '#engine/runtime/driver/clock/virtual-clock.ts'
import { keepStates } from '#engine/runtime/driver/context/keep-states.ts'
import { StreamingContext } from '#engine/runtime/driver/context/streaming-context.ts'
import { connectSink } from './connect-sink.ts'
import { connectWebSocket } from './connect-web-socket.ts'
import { startExecutors } from './in-process-executors.ts'
import { nodeTimers } from './node-timers.ts'
import type { PreparedRun } from './prepare-run.ts'
import type { RunLine } from './run-line.ts'
import { RunReport } from './run-report.ts'

/** Lets the saved document run what it had begun and hands its states to the edited one; nothing, when there is no saved one. */
export async function keepSavedStates(
  prepared: PreparedRun,
  { print, tell }: { print(line: RunLine): void; tell(text: string): void },
): Promise<PreparedRun> {
  const { saved, stored, store, files, machineCores } = prepared
  if (saved === undefined || stored === undefined) return prepared
  const carried = await keepStates({
    stored,
    saved,
    edited: prepared,
    open: async ({ pipeline, plan }) => {
      const timers = nodeTimers(() => undefined)
      const attach = (): ReturnType<StreamingContext['attach']> => context.attach(startExecutors(plan.executors))
      const listener = new RunReport({
        plan,
        zeroMs: () => context.zeroMs,
        print,
        tell,
        onCompleted: () => {},
        onExecutorsLost: () => setImmediate(() => void attach()),
        onStopped: () => {},
      })
      const clock = new VirtualClock(timers, { speed: 'max', paused: true, nowMs: stored.metadata.checkpointMs })
      const sides = { connect: connectWebSocket, connectSink, store, files }
      const context = new StreamingContext({ pipeline, plan, machineCores, clock, timers, listener, ...sides })
      const attached = await attach()
      return attached.ok && plan.executors > 0 ? context : undefined
    },
    read: async () => readStoredRun(await store.read()),
  })
  for (const sentence of carried.fates.map(describeFate)) tell(sentence)
  return { ...prepared, stored: carried.stored, plan: fitPartitions(prepared.plan, carried.stored) }
}

const reasons: Readonly<Record<NonNullable<StateFate['lost']>, string>> = {
  removed: 'it is gone, off, or leads to no output',
  operator: 'it is another operator now',
  form: 'its function is called in another way',
  before: 'it or something before it has changed',
}

function describeFate({ node, kind, lost }: StateFate): string {
  const what = kind === 'window' ? 'window' : 'state'
  if (lost === undefined) return `The ${what} of "${node}" is kept.`
  return `The ${what} of "${node}" starts empty: ${reasons[lost]}.`
}
