import { useCallback, useEffect, useSyncExternalStore } from 'react'

/** By then the first results are on the screen, and a part may come before anybody wants it. */
const AT_REST_MS = 3000

/** A part of the screen whose code comes when it is first wanted, or earlier by `load`. */
export class LatePart<T> {
  readonly #fetch: () => Promise<T>
  readonly #listeners = new Set<() => void>()
  #loading: Promise<void> | undefined
  #part: T | undefined

  constructor(fetch: () => Promise<T>) {
    this.#fetch = fetch
  }

  /** Undefined until it has come. */
  get part(): T | undefined {
    return this.#part
  }

  /** Rejects when it cannot be fetched; then the next call tries again. */
  load(): Promise<void> {
    this.#loading ??= this.#fetch().then(
      (part) => {
        this.#part = part
        for (const listener of this.#listeners) listener()
      },
      (error: unknown) => {
        this.#loading = undefined
        throw error
      },
    )
    return this.#loading
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }
}

/** The part as soon as it is `wanted` and has come. */
export function useLatePart<T>(late: LatePart<T>, wanted: boolean): T | undefined {
  // A fault of the network is told like any that nobody expects.
  useEffect(() => {
    if (wanted) void late.load()
    const timer = setTimeout(() => late.load().catch(() => {}), AT_REST_MS)
    return () => clearTimeout(timer)
  }, [late, wanted])
  return useSyncExternalStore(
    useCallback((listener) => late.subscribe(listener), [late]),
    () => late.part,
  )
}
