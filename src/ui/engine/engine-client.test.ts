import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { parsePipeline } from '#engine/model/parse-pipeline.ts'
import type { Pipeline } from '#engine/model/pipeline.ts'
import type { ClockState } from '#engine/model/run-state.ts'
import { FakeDriver } from '#ui/engine/testing/fake-driver.ts'
import { createDocumentStore } from '#ui/state/document-store.ts'
import { createRunStore, EMPTY_TOTALS } from '#ui/state/run-store.ts'
import { createSessionStore } from '#ui/state/session-store.ts'
import { EngineClient } from './engine-client.ts'
import type { ExecutorsListener, OpenExecutors } from './executors.ts'

const parsed = parsePipeline({
  format: 'sluice/1',
  name: 'Lines',
  settings: { batchMs: 1000, master: 'local[2]', checkpoint: true },
  nodes: [
    { id: 'lines', op: 'simulatedTextStream', params: {}, at: [0, 0] },
    { id: 'out', op: 'print', at: [200, 0] },
  ],
  edges: [{ from: 'lines', to: 'out' }],
})
if (!parsed.ok) throw new Error(JSON.stringify(parsed.error))
const pipeline = parsed.value

const clock: ClockState = { kind: 'virtual', paused: false, speed: 1, nowMs: 0, zeroMs: 0 }

function open(
  options: { executors?: OpenExecutors; prepare?: (driver: FakeDriver) => void; fenced?: () => void } = {},
) {
  const drivers: FakeDriver[] = []
  const listeners: ExecutorsListener[] = []
  const remembered = new Map<string, Pipeline>()
  const channel = () => new MessageChannel().port1
  const openExecutors: OpenExecutors = async (count, listener) => {
    listeners.push(listener)
    const generation = () => ({ ports: Array.from({ length: count }, channel), ready: Promise.resolve() })
    return {
      ok: true,
      executors: { ...generation(), rebuild: async () => generation(), end: () => {}, close: () => {} },
    }
  }
  const run = createRunStore()
  const session = createSessionStore()
  const document = createDocumentStore({ id: 'd1', pipeline, origin: 'own' })
  const client = new EngineClient({
    document,
    session,
    run,
    openExecutors: options.executors ?? openExecutors,
    openDriver: () => {
      const driver = new FakeDriver()
      options.prepare?.(driver)
      drivers.push(driver)
      return driver
    },
    memory: {
      save: async (id, running) => {
        if (running === undefined) remembered.delete(id)
        else remembered.set(id, running)
      },
      find: async (id) => remembered.get(id),
    },
    machineCores: 4,
    neighbours: { heard: () => {}, fenced: options.fenced ?? (() => {}) },
  })
  opened.push(() => drivers.at(-1)?.crash('the test is over'))
  const newest = (): FakeDriver => {
    const driver = drivers.at(-1)
    if (driver === undefined) throw new Error('no driver was opened')
    return driver
  }
  return { client, run, session, document, drivers, newest, listeners, remembered }
}

const opened: (() => void)[] = []
/** However slow the machine is. */
const eventually = (check: () => void) => vi.waitFor(check, 20_000)
const phaseBecomes = (run: ReturnType<typeof createRunStore>, phase: string) =>
  eventually(() => expect(run.getState().phase).toBe(phase))

describe('EngineClient', () => {
  beforeEach(() => {
    vi.stubGlobal('requestAnimationFrame', (callback: () => void) => setTimeout(callback))
    vi.stubGlobal('cancelAnimationFrame', clearTimeout)
  })
  afterEach(async () => {
    for (const end of opened.splice(0)) end()
    vi.unstubAllGlobals()
    vi.useRealTimers()
  })

  it('attaches executors before it starts, and shows what the driver says', async () => {
    const { client, run, newest, remembered } = open()
    await client.run('fresh')
    expect(newest().log).toEqual(['attach 2', 'start fresh'])
    expect(run.getState()).toMatchObject({ phase: 'running', pool: { kind: 'ready', executors: 2 } })
    expect(remembered.get('d1')).toBe(pipeline)
    newest().say({ kind: 'frame', clock: { ...clock, nowMs: 1000 }, batches: [], totals: EMPTY_TOTALS, outputs: [] })
    await eventually(() => expect(run.getState().clock?.nowMs).toBe(1000))
  })

  it('starts nothing without consent, and nothing twice', async () => {
    const { client, session, drivers, newest } = open()
    session.getState().setConsent('asking')
    await client.run('fresh')
    expect(drivers).toHaveLength(0)
    session.getState().setConsent('given')
    await Promise.all([client.run('fresh'), client.run('fresh')])
    expect(newest().starts).toHaveLength(1)
  })

  it('tells a driver that starts of the speed that was chosen meanwhile', async () => {
    const { client, newest } = open()
    const starting = client.run('fresh')
    await client.setSpeed(5)
    await starting
    expect(newest().log.slice(-2)).toEqual(['start fresh', 'speed 5'])
  })

  it('shows why the driver refused to start', async () => {
    const { client, run, remembered } = open({
      prepare: (driver) => {
        driver.refusal = 'No output operations registered, so nothing to execute'
      },
    })
    await client.run('fresh')
    expect(run.getState().phase).toBe('stopped')
    expect(run.getState().startDiagnostics[0]?.message).toContain('No output operations')
    expect(remembered.size).toBe(0)
  })

  it('runs nothing in a browser whose sandbox leaks', async () => {
    const { client, run, newest } = open({ executors: async () => ({ ok: false, reason: 'fetch went through' }) })
    await client.run('fresh')
    expect(run.getState()).toMatchObject({ phase: 'stopped', pool: { kind: 'refused', reason: 'fetch went through' } })
    expect(newest().starts).toHaveLength(0)
    await client.leave()
    expect(run.getState().pool.kind).toBe('refused')
  })

  it('goes on from a checkpoint with the version and the clock that were saved', async () => {
    const { client, session, document, newest, remembered } = open({
      prepare: (driver) => {
        const saved = { pipelineId: 'd1', checkpointMs: 3000, savedAtMs: 1, running: true, machineCores: 2, bytes: 1 }
        driver.checkpoint = { ...saved, clock: 'virtual', speed: 5, paused: false }
      },
    })
    remembered.set('d1', pipeline)
    document.getState().edit({ kind: 'setParam', node: 'lines', param: 'rowsPerSecond', value: 3 })
    await client.run('resume')
    expect(newest().starts[0]).toMatchObject({ from: 'resume', clock: { speed: 5 } })
    expect(newest().starts[0]?.pipeline).toBe(pipeline)
    expect(session.getState().clock.speed).toBe(5)
  })

  it('builds lost executors again and hands them over', async () => {
    const { client, run, newest } = open()
    await client.run('fresh')
    newest().say({ kind: 'executorsLost', reason: 'no answer for 5 s', node: 'lines' })
    await eventually(() => expect(newest().log).toEqual(['attach 2', 'start fresh', 'attach 2']))
    await phaseBecomes(run, 'running')
  })

  it('does the same when the page itself sees them die', async () => {
    const { client, run, newest, listeners } = open()
    await client.run('fresh')
    listeners[0]?.dead('they stopped answering')
    await eventually(() => expect(newest().log).toHaveLength(3))
    await phaseBecomes(run, 'running')
  })

  it('starts another driver from the checkpoint when one dies', async () => {
    const { client, run, drivers } = open()
    await client.run('fresh')
    drivers[0]?.say({ kind: 'context', state: 'ACTIVE', clock: { ...clock, paused: true } })
    await phaseBecomes(run, 'paused')
    drivers[0]?.crash('out of memory')
    await eventually(() => expect(drivers[1]?.log).toEqual(['attach 2', 'start resume']))
    await phaseBecomes(run, 'paused')
    expect(drivers[1]?.starts[0]?.clock.paused).toBe(true)
    expect(drivers[0]?.terminated).toBe(true)
    expect(run.getState()).toMatchObject({ driverRestarts: 1, driverReason: 'out of memory' })
  })

  it('takes three seconds of silence for death', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance', 'Date'] })
    const { client, drivers } = open()
    await client.run('fresh')
    const [first] = drivers
    if (first !== undefined) first.hung = true
    for (let second = 0; second < 4; second++) await vi.advanceTimersByTimeAsync(1000)
    expect(first?.terminated).toBe(true)
    await eventually(() => expect(drivers[1]?.starts[0]?.from).toBe('resume'))
  })

  it('gives up on a driver that dies again and again, and says so', async () => {
    const { client, run, drivers } = open()
    await client.run('fresh')
    for (let death = 0; death < 3; death++) {
      drivers.at(-1)?.crash(`death ${death}`)
      await eventually(() => expect(drivers).toHaveLength(death + 2))
      await phaseBecomes(run, 'running')
    }
    drivers.at(-1)?.crash('death 3')
    await phaseBecomes(run, 'stopped')
    expect(run.getState().stopReason).toContain('fault of Sluice')
  })

  it('stops gracefully, a paused clock too', async () => {
    const { client, run, newest } = open()
    await client.run('fresh')
    newest().say({ kind: 'context', state: 'ACTIVE', clock: { ...clock, paused: true } })
    await phaseBecomes(run, 'paused')
    await client.stop({ graceful: true })
    expect(newest().log.slice(2)).toEqual(['resume', 'stop gracefully'])
    expect(run.getState().phase).toBe('stopped')
  })

  it('ends a driver that does not stop in time', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const { client, run, newest } = open()
    await client.run('fresh')
    newest().hung = true
    const stopping = client.stop({ graceful: false })
    await vi.advanceTimersByTimeAsync(3000)
    await stopping
    expect(newest().terminated).toBe(true)
    expect(run.getState().phase).toBe('stopped')
  })

  it('lets a stop that cannot wait overtake a graceful one', async () => {
    const { client, run, newest } = open()
    await client.run('fresh')
    newest().hung = true
    const graceful = client.stop({ graceful: true })
    await client.stop({ graceful: false })
    expect(run.getState().phase).toBe('stopped')
    await client.run('fresh')
    await graceful
    expect(run.getState().phase).toBe('running')
  })

  it('steps from standing: a paused run, then one batch', async () => {
    const { client, newest } = open()
    await client.step()
    expect(newest().starts[0]?.clock.paused).toBe(true)
    expect(newest().log).toEqual(['attach 2', 'start fresh', 'step'])
  })

  it('asks the driver once for a batch that the screen has forgotten', async () => {
    const { client, newest } = open()
    await client.run('fresh')
    expect((await client.batchData(7000))?.timeMs).toBe(7000)
    expect((await client.batchData(7000))?.timeMs).toBe(7000)
    expect(newest().log.filter((each) => each === 'batch 7000')).toHaveLength(1)
  })

  it('forgets the figures when another document comes', async () => {
    const { client, run, newest, remembered } = open()
    await client.run('fresh')
    await client.leave()
    newest().say({ kind: 'context', state: 'STOPPED', clock })
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(run.getState()).toMatchObject({ phase: 'idle', pipeline: undefined, clock: undefined })
    expect(remembered.size).toBe(0)
  })

  it('neither runs nor stops anything while it follows another tab, and asks that one for past batches', async () => {
    const { client, run, drivers } = open()
    client.follow({ batchData: async (timeMs) => ({ timeMs, nodes: {}, outputs: [], failures: [] }) })
    run.setState({ phase: 'running' })
    await client.stop({ graceful: false })
    expect(run.getState().phase).toBe('running')
    run.setState({ phase: 'idle' })
    await client.run('fresh')
    expect(run.getState().phase).toBe('idle')
    expect((await client.batchData(3000))?.timeMs).toBe(3000)
    expect(drivers.flatMap(({ log }) => log)).toEqual([])
  })

  it('starts with the claim of its tab, and leaves nothing in memory when another tab has taken the run', async () => {
    const fenced = vi.fn()
    const { client, run, newest, remembered } = open({ fenced })
    client.claims.make('d1')
    await client.run('fresh')
    await phaseBecomes(run, 'running')
    expect(newest().starts[0]?.fence).toBe('fence')
    expect([...remembered.keys()]).toEqual(['d1'])
    newest().say({ kind: 'fenced' })
    await vi.waitFor(() => expect(fenced).toHaveBeenCalledTimes(1))
    client.surrender()
    expect(newest().terminated).toBe(true)
    expect(run.getState().phase).toBe('idle')
    // What the new owner has noted there is not this tab's to remove.
    expect([...remembered.keys()]).toEqual(['d1'])
  })
})
