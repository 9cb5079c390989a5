import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { parsePipeline } from '#engine/model/parse-pipeline.ts'
import { printPipeline } from '#engine/model/print-pipeline.ts'
import { createDocumentStore } from '#ui/state/document-store.ts'
import { createRunStore, EMPTY_RUN } from '#ui/state/run-store.ts'
import { createSessionStore } from '#ui/state/session-store.ts'
import { Follower } from './follower.ts'
import { createSeatStore, type Seat } from './seat-store.ts'
import type { TabMessage } from './tab-message.ts'

const parsed = parsePipeline({
  format: 'sluice/1',
  name: 'Lines',
  settings: { batchMs: 1000, master: 'local[2]' },
  nodes: [],
  edges: [],
})
if (!parsed.ok) throw new Error(JSON.stringify(parsed.error))
const pipeline = parsed.value

function open({ takesAtOnce = false } = {}) {
  const document = createDocumentStore({ id: 'd1', pipeline, origin: 'own' })
  const shown = { document, session: createSessionStore(), run: createRunStore() }
  const seats = createSeatStore()
  const said: string[] = []
  const handed = vi.fn()
  const frees: (() => void)[] = []
  const follower = new Follower({
    shown,
    seats,
    channel: { say: ({ kind }) => said.push(kind) },
    takesAtOnce,
    watchLock: (onFree) => frees.push(onFree),
    handed,
  })
  opened.push(follower)
  const whole: TabMessage = {
    kind: 'whole',
    from: 'owner',
    figures: { ...EMPTY_RUN, phase: 'running' },
    document: { text: printPipeline({ ...pipeline, name: 'Theirs' }), clock: { kind: 'virtual', speed: 5 } },
  }
  const seat = (): Seat => seats.getState().seat
  return { follower, shown, said, handed, frees, whole, seat }
}

const opened: Follower[] = []

describe('a follower', () => {
  beforeEach(() => {
    vi.useFakeTimers()
    vi.stubGlobal('requestAnimationFrame', (callback: () => void) => setTimeout(callback))
    vi.stubGlobal('cancelAnimationFrame', clearTimeout)
  })
  afterEach(() => {
    for (const follower of opened.splice(0)) follower.close()
    vi.unstubAllGlobals()
    vi.useRealTimers()
  })

  it('joins, shows what the owner has, and hears nobody else', () => {
    const { follower, shown, said, whole, seat } = open()
    expect(said).toEqual(['join'])
    follower.hear({ kind: 'document', from: 'a zombie', document: { text: '{}', clock: { kind: 'real', speed: 1 } } })
    follower.hear(whole)
    expect(seat()).toEqual({ kind: 'follower', owner: 'live', taking: 'no' })
    expect(shown.run.getState().phase).toBe('running')
    expect(shown.document.getState().pipeline.name).toBe('Theirs')
    expect(shown.session.getState().clock.speed).toBe(5)
    follower.hear({ kind: 'figures', from: 'a zombie', change: { patch: { phase: 'stopped' }, anew: false } })
    expect(shown.run.getState().phase).toBe('running')
  })

  it('notices an owner that falls silent, and one that wakes', () => {
    const { follower, said, whole, seat } = open()
    follower.hear(whole)
    vi.advanceTimersByTime(1000)
    follower.hear({ kind: 'here', from: 'owner' })
    vi.advanceTimersByTime(2000)
    expect(seat()).toMatchObject({ owner: 'live' })
    vi.advanceTimersByTime(3000)
    expect(seat()).toMatchObject({ owner: 'silent' })
    said.length = 0
    follower.hear({ kind: 'here', from: 'owner' })
    expect(said).toEqual(['join'])
    follower.hear(whole)
    expect(seat()).toMatchObject({ owner: 'live' })
  })

  it('takes over from an owner that hands the run on', () => {
    const { follower, said, whole, handed, seat } = open()
    follower.hear(whole)
    follower.takeOver()
    expect(said.at(-1)).toBe('takeOver')
    follower.hear({ kind: 'handing', from: 'owner' })
    vi.advanceTimersByTime(10_000)
    expect(seat()).toMatchObject({ taking: 'handing' })
    follower.hear({ kind: 'handed', from: 'owner', running: 'text' })
    expect(handed).toHaveBeenCalledWith('text')
  })

  it('asks for force only when the owner does not answer, or does not come to an end', () => {
    const { follower, whole, seat } = open()
    follower.hear(whole)
    follower.takeOver()
    vi.advanceTimersByTime(2600)
    expect(seat()).toMatchObject({ taking: 'late' })
    follower.wait()
    expect(seat()).toMatchObject({ taking: 'no' })
    follower.takeOver()
    follower.hear({ kind: 'handing', from: 'owner' })
    vi.advanceTimersByTime(16_000)
    expect(seat()).toMatchObject({ taking: 'late' })
  })

  it('knows when the owner is gone, and follows the next one', () => {
    const { follower, said, whole, frees, seat } = open()
    follower.hear(whole)
    follower.takeOver()
    frees.at(-1)?.()
    expect(seat()).toEqual({ kind: 'follower', owner: 'gone', taking: 'no' })
    follower.hear({ kind: 'hello', from: 'another' })
    expect(said.at(-1)).toBe('join')
    follower.hear({ ...whole, from: 'another' })
    expect(seat()).toMatchObject({ owner: 'live' })
  })

  it('takes a document at once whose owner went without a word, but not one that it has followed', () => {
    const early = open({ takesAtOnce: true })
    early.frees.at(-1)?.()
    expect(early.handed).toHaveBeenCalledWith(undefined)
    const followed = open({ takesAtOnce: true })
    followed.follower.hear(followed.whole)
    followed.frees.at(-1)?.()
    expect(followed.handed).not.toHaveBeenCalled()
    expect(followed.seat()).toMatchObject({ owner: 'gone' })
    // A tab that has handed the document on waits for whom it handed it to.
    expect(open().frees).toEqual([])
  })

  it('asks the owner for past batches, and gives up when there is no answer', async () => {
    const { follower, whole } = open()
    follower.hear(whole)
    const data = { timeMs: 1000, nodes: {}, outputs: [], failures: [] }
    const answered = follower.batchData(1000)
    follower.hear({ kind: 'batch', from: 'owner', timeMs: 1000, data })
    expect(await answered).toEqual(data)
    const silent = follower.batchData(2000)
    vi.advanceTimersByTime(3000)
    expect(await silent).toBeUndefined()
  })
})
