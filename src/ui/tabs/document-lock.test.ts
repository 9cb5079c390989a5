import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { DocumentLock } from './document-lock.ts'

interface Request {
  readonly mode: LockMode
  readonly begin: () => void
}

/** What of the browser's locks is used here, as the specification has it: one queue a name, shared beside shared. */
class FakeLocks {
  readonly #held = new Map<string, { readonly mode: LockMode; readonly lose: () => void }[]>()
  readonly #queues = new Map<string, Request[]>()

  request(name: string, options: LockOptions, callback: () => unknown): Promise<unknown> {
    const { mode = 'exclusive', signal, steal = false } = options
    return new Promise((resolve, reject) => {
      const request: Request = {
        mode,
        begin: () => {
          const held = { mode, lose: () => reject(new DOMException('stolen', 'AbortError')) }
          this.#held.set(name, [...(this.#held.get(name) ?? []), held])
          void Promise.resolve(callback()).then((value) => {
            const left = this.#held.get(name) ?? []
            this.#held.set(
              name,
              left.filter((each) => each !== held),
            )
            resolve(value)
            this.#next(name)
          })
        },
      }
      if (steal) {
        for (const { lose } of this.#held.get(name) ?? []) lose()
        this.#held.set(name, [])
        request.begin()
        return
      }
      this.#queues.set(name, [...(this.#queues.get(name) ?? []), request])
      signal?.addEventListener('abort', () => {
        const queue = this.#queues.get(name) ?? []
        if (!queue.includes(request)) return
        this.#queues.set(
          name,
          queue.filter((each) => each !== request),
        )
        reject(signal.reason)
        this.#next(name)
      })
      this.#next(name)
    })
  }

  async query(): Promise<{ held: { name: string }[] }> {
    return { held: [...this.#held].flatMap(([name, held]) => held.map(() => ({ name }))) }
  }

  #next(name: string): void {
    const [first, ...rest] = this.#queues.get(name) ?? []
    const held = this.#held.get(name) ?? []
    const fits = held.length === 0 || (first?.mode === 'shared' && held.every(({ mode }) => mode === 'shared'))
    if (first === undefined || !fits) return
    this.#queues.set(name, rest)
    first.begin()
    this.#next(name)
  }
}

describe('the lock of a document', () => {
  beforeEach(() => {
    vi.stubGlobal('navigator', { locks: new FakeLocks() })
  })
  afterEach(() => {
    vi.unstubAllGlobals()
  })

  it('is one tab’s, until that one lets go or takes another document', async () => {
    const [first, second] = [new DocumentLock(() => {}), new DocumentLock(() => {})]
    expect(await first.take('a')).toBe(true)
    expect(await second.take('b')).toBe(true)
    expect(await second.take('a')).toBe(false)
    expect(await second.isHeld('a')).toBe(true)
    expect(await second.isHeld('b')).toBe(false)
    expect(await first.take('c')).toBe(true)
    expect(await second.take('a')).toBe(true)
  })

  it('is waited for by a page whose own reload still holds it', async () => {
    const [old, reloaded] = [new DocumentLock(() => {}), new DocumentLock(() => {})]
    await old.take('a')
    const taken = reloaded.take('a')
    old.release()
    expect(await taken).toBe(true)
  })

  it('tells every tab that watches when nobody has it any more, and leaves it free', async () => {
    const owner = new DocumentLock(() => {})
    await owner.take('a')
    const watchers = [1, 2].map(() => ({ lock: new DocumentLock(() => {}), onFree: vi.fn() }))
    for (const { lock, onFree } of watchers) lock.watch('a', onFree)
    const late = { lock: new DocumentLock(() => {}), onFree: vi.fn() }
    late.lock.watch('a', late.onFree)
    late.lock.release()
    expect(watchers.map(({ onFree }) => onFree.mock.calls.length)).toEqual([0, 0])
    owner.release()
    await vi.waitFor(() => expect(watchers.map(({ onFree }) => onFree.mock.calls.length)).toEqual([1, 1]))
    expect(late.onFree).not.toHaveBeenCalled()
    expect(await watchers[0]?.lock.take('a')).toBe(true)
  })

  it('can be stolen, of which its holder hears once, and which is not letting go', async () => {
    const onStolen = vi.fn()
    const [hung, thief] = [new DocumentLock(onStolen), new DocumentLock(() => {})]
    await hung.take('a')
    expect(await thief.take('a', { steal: true })).toBe(true)
    await vi.waitFor(() => expect(onStolen).toHaveBeenCalledTimes(1))
    const own = new DocumentLock(onStolen)
    await own.take('b')
    own.release()
    expect(await own.take('a')).toBe(false)
    expect(onStolen).toHaveBeenCalledTimes(1)
  })

  it('is everybody’s where the browser has no locks', async () => {
    vi.stubGlobal('navigator', {})
    expect(await new DocumentLock(() => {}).take('a')).toBe(true)
    expect(await new DocumentLock(() => {}).take('a')).toBe(true)
    expect(await new DocumentLock(() => {}).isHeld('a')).toBe(false)
  })
})
