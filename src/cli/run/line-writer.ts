import type { Writable } from 'node:stream'

/** Lines on their way to a stream. A reader that went away (EPIPE) is no error: `closed` says so, and further lines are dropped. */
export class LineWriter {
  /** Settles when nobody reads any more, with the error unless it is a reader that went away. */
  readonly closed: Promise<Error | undefined>
  private readonly stream: Writable
  private open = true
  private free: Promise<void> | undefined

  constructor(stream: Writable) {
    this.stream = stream
    this.closed = new Promise((resolve) => {
      // Stays for ever: an error without a listener would end the process.
      stream.on('error', (error: NodeJS.ErrnoException) => {
        this.open = false
        resolve(error.code === 'EPIPE' ? undefined : error)
      })
    })
  }

  write(value: unknown): void {
    if (!this.open || this.stream.write(`${JSON.stringify(value)}\n`) || this.free !== undefined) return
    const drained = new Promise<void>((resolve) => this.stream.once('drain', resolve))
    this.free = Promise.race([drained, this.closed]).then(() => {
      this.free = undefined
    })
  }

  /** The stream takes more; undefined when it already does. Whoever makes lines waits for this between batches. */
  full(): Promise<void> | undefined {
    return this.free
  }

  /** Everything written so far has left this process, or nobody reads. */
  async flush(): Promise<void> {
    if (!this.open) return
    const written = new Promise<void>((resolve) => this.stream.write('', () => resolve()))
    await Promise.race([written, this.closed])
  }
}
