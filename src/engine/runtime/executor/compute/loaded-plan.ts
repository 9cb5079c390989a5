import type { Chain, Plan, PlanStream } from '#engine/compile/plan.ts'
import { invariant } from '#engine/model/invariant.ts'
import type { FunctionRef } from '#engine/operator/function-ref.ts'
import type { StreamId } from '#engine/operator/stream-spec.ts'
import { framesOf } from '#engine/runtime/executor/jobs/code-frames.ts'
import { JobFailure, messageOf, recordText, StepFailure } from '#engine/runtime/executor/jobs/step-failure.ts'
import type { PackedLoops } from '#engine/runtime/executor/packed/packed-loops.ts'
import type { FailureReport } from '#engine/runtime/wire.ts'

export type Keep = (step: number, record: unknown) => void
/** A generated loop; see compile/print-chain.ts. */
export type Loop = (input: readonly unknown[], limit: number, keep: Keep, counts: number[]) => unknown
export type UserFunction = (...args: unknown[]) => unknown

/** A plan with its modules loaded: the functions and loops of one executor. */
export class LoadedPlan {
  readonly plan: Plan
  readonly packed: PackedLoops
  private readonly functions: Readonly<Record<string, UserFunction>>
  private readonly loops: Readonly<Record<string, Loop>>
  private readonly collects = new Map<StreamId, Chain[]>()
  private readonly combines = new Map<StreamId, Chain[]>()

  constructor(
    plan: Plan,
    functions: Readonly<Record<string, UserFunction>>,
    loops: Readonly<Record<string, Loop>>,
    packed: PackedLoops,
  ) {
    this.plan = plan
    this.packed = packed
    this.functions = functions
    this.loops = loops
    for (const chain of plan.chains) {
      const index = chain.combineFor === undefined ? this.collects : this.combines
      const at = chain.combineFor ?? chain.end
      index.set(
        at,
        [...(index.get(at) ?? []), chain].sort((a, b) => a.steps.length - b.steps.length),
      )
    }
  }

  stream(id: StreamId): PlanStream {
    const stream = this.plan.streams[id]
    invariant(stream !== undefined, `stream ${id} is in the plan`)
    return stream
  }

  fn(ref: FunctionRef): UserFunction {
    const fn = this.functions[ref.name]
    if (typeof fn !== 'function')
      throw new JobFailure({ ...addressOf(ref), message: 'The source must give a function, for example x => x.' })
    return fn
  }

  /** The loop that computes a narrow stream: fused, or its last step alone. */
  collectChain(end: StreamId, traced: boolean): Chain {
    return pick(this.collects.get(end), traced)
  }

  /** The loop that feeds a shuffle's map side. */
  combineChain(shuffled: StreamId, traced: boolean): Chain {
    return pick(this.combines.get(shuffled), traced)
  }

  loop(chain: Chain): Loop {
    const loop = this.loops[chain.name]
    invariant(loop !== undefined, `loop ${chain.name} was generated`)
    return loop
  }

  /** Where and on what a loop of this chain failed. */
  stepFailure(thrown: unknown, chain: Chain): JobFailure {
    if (!(thrown instanceof StepFailure)) return this.failure(thrown, { node: this.stream(chain.end).node }, undefined)
    const stream = this.stream(chain.steps[thrown.step] ?? chain.combineFor ?? chain.end)
    const { spec } = stream
    // A shuffle's map side fails in a function of its own, which the stack tells, or because the record is no pair.
    return this.failure(thrown.thrown, spec.kind === 'narrow' ? spec.fn : { node: stream.node }, thrown.record)
  }

  /** A failure of a function that the engine called itself; a JobFailure passes through. */
  failure(thrown: unknown, at: Pick<FunctionRef, 'node' | 'param'>, record: unknown): JobFailure {
    if (thrown instanceof JobFailure) return thrown
    const frames = framesOf(thrown, this.plan)
    // Where shared code throws, the function that called it is the place: its node is the one that failed.
    const place = frames.find(({ node }) => node !== undefined)
    const { node = at.node, param } = place ?? at
    const report: FailureReport = {
      node,
      ...(param === undefined ? {} : { param }),
      message: messageOf(thrown),
      ...(record === undefined ? {} : { record: recordText(record) }),
      ...(frames.length > (place === undefined ? 0 : 1) ? { frames } : {}),
    }
    return new JobFailure(place === undefined ? report : { ...report, line: place.line, column: place.column })
  }
}

function pick(chains: readonly Chain[] | undefined, traced: boolean): Chain {
  const chain = traced ? chains?.[0] : chains?.at(-1)
  invariant(chain !== undefined, 'every narrow stream and shuffle has a chain')
  return chain
}

function addressOf(ref: Pick<FunctionRef, 'node' | 'param'>): Pick<FailureReport, 'node' | 'param'> {
  return ref.param === undefined ? { node: ref.node } : { node: ref.node, param: ref.param }
}
