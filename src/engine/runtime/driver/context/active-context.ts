/** The one context of a tab or a process that has started and not stopped. Whoever makes contexts keeps one of these for all of them.
 *  Source: StreamingContext.getActive, assertNoOtherContextIsActive */
export class ActiveContext<C> {
  private running: { readonly context: C; readonly name: string } | undefined

  get current(): C | undefined {
    return this.running?.context
  }

  /** The name under which the running context was started. */
  get name(): string | undefined {
    return this.running?.name
  }

  set(context: C, name: string): void {
    this.running = { context, name }
  }

  /** Of a context that is not the running one, no effect. */
  clear(context: C): void {
    if (this.running?.context === context) this.running = undefined
  }
}

/** Source: StreamingContext.getActiveOrCreate. */
export function getActiveOrCreate<C>(active: ActiveContext<C>, create: () => C): C {
  return active.current ?? create()
}
