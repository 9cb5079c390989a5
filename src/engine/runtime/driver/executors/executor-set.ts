import type { Plan } from '#engine/compile/plan.ts'
import { invariant } from '#engine/model/invariant.ts'
import { err, ok, type Result } from '#engine/model/result.ts'
import type { Timers } from '#engine/runtime/driver/clock/timers.ts'
import type { Encode } from '#engine/runtime/executor/packed/packed-block.ts'
import type { BatchOrder, ExecutorMessage, MoveOrder, Reply } from '#engine/runtime/wire.ts'
import { memoryOf } from './block-bytes.ts'
import type { ExecutorLink } from './executor-link.ts'
import { parseExecutorMessage, parseReply } from './parse-executor-message.ts'

/** Messages that one executor may send in answer to one order: parts of a reply and logs; traced jobs say every step beside. */
const GRANT = 128
const TRACED_GRANT = 20_000

/** Why a set of executors is of no more use. */
export interface Loss {
  /** `killed`: on demand. */
  readonly kind: 'deadline' | 'violation' | 'gone' | 'killed'
  readonly reason: string
  /** Which of them it began with, where that is known. */
  readonly executor?: number
  /** What ran last, where a traced job has told. */
  readonly node?: string
}

type Answer = Result<readonly Reply[], Loss>

/** What came of a move: whether it was done, and how many records were kept. */
export interface MoveAnswer {
  readonly done: boolean
  readonly records: number
}

interface Pending {
  /** Executors that were asked. */
  readonly executors: number
  readonly parts: string[][]
  readonly replies: (Reply | undefined)[]
  readonly at: (string | undefined)[]
  readonly settle: (answer: Answer) => void
}

/** Why the plan's functions are not loaded. */
export interface LoadFailure {
  readonly message: string
  /** They threw, as they would again; otherwise the executors were lost over it. */
  readonly isRefused: boolean
}

const lostOver = (message: string): Result<never, LoadFailure> => err({ message, isRefused: false })

/** The executors of a run, from loading the plan until one of them is lost; then all are, and a new set takes over. */
export class ExecutorSet {
  private readonly links: readonly ExecutorLink[]
  private readonly timers: Timers
  /** Orders that were sent and not answered by all, by number. */
  private readonly pending = new Map<number, Pending>()
  private cancelDeadline: (() => void) | undefined
  private moving:
    | { readonly seq: number; readonly waiting: Set<number>; settle(answer: Result<MoveAnswer, Loss>): void }
    | undefined
  private loading: { waiting: number; settle: (loaded: Result<void, LoadFailure>) => void } | undefined
  private seq = 0
  private isLost = false
  private loss: Loss = { kind: 'gone', reason: 'The executors are gone.' }
  /** What the executors owe: they may be let go when it has come. */
  private readonly owed = new Set<Promise<unknown>>()

  constructor(links: readonly ExecutorLink[], timers: Timers) {
    this.links = links
    this.timers = timers
    links.forEach((link, index) => {
      link.grant(GRANT)
      link.onViolation(() => this.lose({ kind: 'violation', reason: 'An executor sent more than it was asked for.' }))
      link.listen((data) => this.receive(index, data))
    })
  }

  get size(): number {
    return this.links.length
  }

  /** How blocks become bytes, where that pays. */
  get encode(): Encode | undefined {
    return this.links[0]?.encode
  }

  /** Fails: what the plan's modules threw, or that they did not load in time */
  load(plan: Plan, deadlineMs: number): Promise<Result<void, LoadFailure>> {
    const loaded = new Promise<Result<void, LoadFailure>>((resolve) => {
      const cancel = this.timers.after(deadlineMs, () =>
        this.loading?.settle(lostOver(`The functions did not load within ${deadlineMs} ms.`)),
      )
      this.loading = {
        waiting: this.links.length,
        settle: (loaded) => {
          cancel()
          this.loading = undefined
          resolve(loaded)
        },
      }
      this.links.forEach((link, index) => {
        link.post({ kind: 'load', plan, index })
      })
    })
    return this.owe(loaded)
  }

  /** Numbers of the orders that not all executors have answered. */
  get unanswered(): readonly number[] {
    return [...this.pending.keys()]
  }

  /** Has the first so many executors run a job. `orderFor` gives what the executor of this index is sent. While any order waits, one must be
   *  answered every `deadlineMs`. */
  run(executors: number, orderFor: (index: number, seq: number) => BatchOrder, deadlineMs: number): Promise<Answer> {
    if (this.isLost) return Promise.resolve(err(this.loss))
    this.seq += 1
    const { seq } = this
    const asked = this.links.slice(0, executors)
    const orders = asked.map((_, index) => orderFor(index, seq))
    const answer = new Promise<Answer>((resolve) => {
      this.pending.set(seq, {
        executors: asked.length,
        parts: asked.map(() => []),
        replies: asked.map(() => undefined),
        at: asked.map(() => undefined),
        settle: (answer) => {
          this.pending.delete(seq)
          this.watch(deadlineMs)
          resolve(answer)
        },
      })
      if (this.pending.size === 1) this.watch(deadlineMs)
      asked.forEach((link, index) => {
        const order = orders[index]
        if (order === undefined) return
        link.grant(order.traced ? TRACED_GRANT : GRANT * this.pending.size)
        link.post(order, memoryOf(order))
      })
    })
    return this.owe(answer)
  }

  /** Has executors hand over what they keep, while no job runs. */
  move(order: Omit<MoveOrder, 'kind' | 'seq'>, deadlineMs: number): Promise<Result<MoveAnswer, Loss>> {
    if (this.isLost) return Promise.resolve(err(this.loss))
    invariant(this.pending.size === 0, 'nothing moves under a job')
    this.seq += 1
    const { seq } = this
    const asked = this.links.slice(0, Math.max(order.from, order.to))
    const answer = new Promise<Result<MoveAnswer, Loss>>((resolve) => {
      const reason = `What the executors keep could not be handed over within ${deadlineMs} ms.`
      const cancel = this.timers.after(deadlineMs, () => this.lose({ kind: 'deadline', reason }))
      this.moving = {
        seq,
        waiting: new Set(asked.keys()),
        settle: (answer) => {
          cancel()
          this.moving = undefined
          resolve(answer)
        },
      }
      for (const link of asked) {
        link.grant(GRANT)
        link.post({ kind: 'move', seq, ...order } satisfies MoveOrder)
      }
    })
    return this.owe(answer)
  }

  /** Lets go of the executors when they owe no answer, for another set to take over. None when they were lost before. */
  async release(): Promise<readonly ExecutorLink[]> {
    while (this.owed.size > 0) await Promise.all(this.owed)
    if (this.isLost) return []
    this.isLost = true
    return this.links
  }

  private owe<T>(answer: Promise<T>): Promise<T> {
    this.owed.add(answer)
    void answer.then(() => this.owed.delete(answer))
    return answer
  }

  /** From now on there is time until the deadline, if anything is waited for. */
  private watch(deadlineMs: number): void {
    this.cancelDeadline?.()
    this.cancelDeadline = undefined
    if (this.pending.size === 0 || this.isLost) return
    const reason = `The batch did not finish within ${deadlineMs} ms: a function loops for ever, or has more to do than the setting sluice.batchDeadline allows.`
    this.cancelDeadline = this.timers.after(deadlineMs, () => this.lose({ kind: 'deadline', reason }))
  }

  /** Their process is gone: whoever waits for them is told. */
  abandon(): void {
    this.lose({ kind: 'gone', reason: 'The executors are gone.' })
  }

  /** One of them was ended on demand, and the others are of no use without it. Undefined when all were lost before. */
  kill(executor: number): Loss | undefined {
    if (this.isLost || executor >= this.size) return undefined
    this.lose({ kind: 'killed', executor, reason: `Executor ${executor} was killed.` })
    return this.loss
  }

  private receive(index: number, data: unknown): void {
    if (this.isLost) return
    const message = parseExecutorMessage(data)
    if (message.ok) this.take[message.value.kind](index, message.value)
    else this.violate(message.error)
  }

  private readonly take: Record<ExecutorMessage['kind'], (index: number, message: ExecutorMessage) => void> = {
    loaded: () => {
      if (this.loading === undefined) return this.violate('loaded twice')
      this.loading.waiting -= 1
      if (this.loading.waiting === 0) this.loading.settle(ok(undefined))
    },
    refused: (_index, message) => {
      if (message.kind === 'refused') this.loading?.settle(err({ message: message.message, isRefused: true }))
    },
    broken: (_index, message) => {
      if (message.kind === 'broken') this.lose({ kind: 'gone', reason: `An executor failed: ${message.message}` })
    },
    part: (index, message) => {
      if (message.kind === 'part') this.takePart(index, message)
    },
    at: (index, message) => {
      const pending = message.kind === 'at' ? this.pending.get(message.seq) : undefined
      if (message.kind === 'at' && pending !== undefined) pending.at[index] = message.node
    },
    moved: (index, message) => {
      if (message.kind === 'moved') this.takeMoved(index, message)
    },
    log: () => {},
  }

  private takeMoved(index: number, { seq, done, records }: Extract<ExecutorMessage, { kind: 'moved' }>): void {
    const { moving } = this
    if (moving?.seq !== seq || !moving.waiting.delete(index)) this.violate('moved without an order')
    else if (moving.waiting.size === 0) moving.settle(ok({ done, records }))
  }

  private takePart(index: number, { seq, part, parts, text }: Extract<ExecutorMessage, { kind: 'part' }>): void {
    const pending = this.pending.get(seq)
    const received = pending?.parts[index]
    if (
      pending === undefined ||
      received === undefined ||
      received.length !== part ||
      pending.replies[index] !== undefined
    ) {
      this.violate('a part out of order')
      return
    }
    received.push(text)
    if (received.length < parts) return
    const reply = parseReply(received.join(''))
    if (!reply.ok) {
      this.violate(reply.error)
      return
    }
    pending.replies[index] = reply.value
    const replies = pending.replies.filter((each) => each !== undefined)
    if (replies.length === pending.executors) pending.settle(ok(replies))
  }

  private violate(what: string): void {
    this.lose({ kind: 'violation', reason: `An executor broke the protocol: ${what}` })
  }

  private lose(loss: Loss): void {
    if (this.isLost) return
    const { loading } = this
    // Of those that owe an answer to a traced job, one is in a node and the others wait for it.
    const node = [...this.pending.values()].flatMap(({ at, replies }) =>
      at.filter((each, index) => each !== undefined && each !== '' && replies[index] === undefined),
    )[0]
    this.isLost = true
    this.loss = node === undefined ? loss : { ...loss, node }
    for (const link of this.links) link.close()
    for (const pending of [...this.pending.values()]) pending.settle(err(this.loss))
    this.moving?.settle(err(this.loss))
    loading?.settle(lostOver(loss.reason))
  }
}
