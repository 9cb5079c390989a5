import type { Plan } from '#engine/compile/plan.ts'
import { invariant } from '#engine/model/invariant.ts'
import { type StageKernel, stageKernel } from '#engine/runtime/executor/compute/kernel.ts'
import { LoadedPlan, type Loop, type UserFunction } from '#engine/runtime/executor/compute/loaded-plan.ts'
import { postReply } from '#engine/runtime/executor/jobs/post-reply.ts'
import { messageOf } from '#engine/runtime/executor/jobs/step-failure.ts'
import { packedKernel } from '#engine/runtime/executor/packed/packed-kernel.ts'
import { type PackedChain, PackedLoops } from '#engine/runtime/executor/packed/packed-loops.ts'
import { LogBook } from '#engine/runtime/executor/user/log-book.ts'
import { SharedVariables } from '#engine/runtime/executor/user/shared-variables.ts'
import type { BatchOrder, DriverMessage, ExecutorMessage, MoveOrder } from '#engine/runtime/wire.ts'
import { Executor } from './executor.ts'
import type { ExecutorHost } from './executor-host.ts'

/** Runs one executor over its host's ports: loads the plan it is sent, then answers each order with one reply. */
export function startExecutor(host: ExecutorHost): void {
  const log = new LogBook()
  const post = (message: ExecutorMessage): void => host.driver.post(message)
  let executor: Promise<Executor | undefined> = Promise.resolve(undefined)
  const load = async (plan: Plan): Promise<Executor | undefined> => {
    try {
      const shared = new SharedVariables(plan.accumulators, plan.broadcasts)
      const loaded = await loadPlan(plan, host, log, shared)
      post({ kind: 'loaded' })
      return new Executor(host, loaded, log, shared)
    } catch (thrown) {
      post({ kind: 'refused', message: messageOf(thrown) })
      return undefined
    }
  }
  const run = async (order: BatchOrder): Promise<void> => {
    try {
      const running = await executor
      invariant(running !== undefined, 'a plan is loaded before a batch')
      const reply = await running.run(order, (node) => post({ kind: 'at', seq: order.seq, node }))
      postReply(host.driver, order.seq, reply, running.outputs)
    } catch (thrown) {
      post({ kind: 'broken', message: messageOf(thrown) })
    }
  }
  const move = async (order: MoveOrder): Promise<void> => {
    try {
      const moving = await executor
      invariant(moving !== undefined, 'a plan is loaded before a move')
      post({ kind: 'moved', seq: order.seq, ...(await moving.move(order)) })
    } catch (thrown) {
      post({ kind: 'broken', message: messageOf(thrown) })
    }
  }
  host.driver.listen((data) => {
    const message = data as DriverMessage // the driver is trusted, and nobody else holds the other end
    if (message.kind === 'load') executor = load(message.plan)
    else if (message.kind === 'move') void move(message)
    else void run(message)
  })
}

async function loadPlan(plan: Plan, host: ExecutorHost, log: LogBook, shared: SharedVariables): Promise<LoadedPlan> {
  const functionsModule = await host.importModule(plan.functionsText)
  const stagesModule = await host.importModule(plan.stagesText)
  // Both modules are our own text around the user's expressions: see functions-module.ts and stages-module.ts for their shapes.
  const makeFunctions = functionsModule.default as (...scope: unknown[]) => Readonly<Record<string, UserFunction>>
  const makeLoops = stagesModule.default as (functions: unknown, kernel: unknown) => Readonly<Record<string, Loop>>
  const functions = makeFunctions(log.console(plan), shared.acc, shared.bc, shared.sc)
  return new LoadedPlan(plan, functions, makeLoops(functions, quietKernel(log)), await loadPacked(plan, host))
}

/** To find the record that a function failed on, the functions before it are called once more. */
function quietKernel(log: LogBook): StageKernel {
  const stepFailure: StageKernel['stepFailure'] = (...failure) => log.quietly(() => stageKernel.stepFailure(...failure))
  return { ...stageKernel, stepFailure }
}

async function loadPacked({ packedText }: Plan, { importModule, encode, decode }: ExecutorHost): Promise<PackedLoops> {
  const packed = packedText === undefined ? undefined : (await importModule(packedText)).default
  // Our own text, see packed/pack-plan.ts for its shape.
  const makeLoops = packed as ((kernel: unknown) => Readonly<Record<string, PackedChain>>) | undefined
  return new PackedLoops(makeLoops?.(packedKernel) ?? {}, encode, decode)
}
