/** The executors of one sandbox frame. */
export interface ExecutorGeneration {
  readonly ports: readonly MessagePort[]
  /** Rejects when the frame dies before all of them exist. */
  readonly ready: Promise<void>
}

/** What the client needs of the page's executor pool. */
export interface Executors extends ExecutorGeneration {
  rebuild(): Promise<ExecutorGeneration>
  /** Ends one of them; nobody is told. */
  end(index: number): void
  close(): void
}

export interface ExecutorsListener {
  /** The frame is gone with all its executors; without a reason it stopped answering. */
  dead(reason: string | undefined): void
  /** Something in an executor threw outside of any batch. */
  error(index: number, text: string): void
}

export type OpenedExecutors =
  | { readonly ok: true; readonly executors: Executors }
  /** The sandbox failed its own test. */
  | { readonly ok: false; readonly reason: string }

export type OpenExecutors = (count: number, listener: ExecutorsListener) => Promise<OpenedExecutors>
