import type { AccumulatorSetting, BroadcastSetting } from '#engine/model/pipeline.ts'
import type { Rdd } from '#engine/rdd/rdd.ts'
import type { SparkContext } from '#engine/rdd/spark-context.ts'
import { decodeTagged } from '#engine/record/tagged-json.ts'
import { type Amount, parseAmount } from '#engine/runtime/amount.ts'
import type { AccumulatorLedger } from './accumulator-ledger.ts'
import { BodySparkContext } from './body-spark-context.ts'

/** What functions know as `acc.<name>`. */
export interface UserAccumulator {
  readonly value: unknown
  add(value: unknown): void
}

/** What functions know as `bc.<name>`. */
export interface UserBroadcast {
  readonly value: unknown
}

/** The job whose functions run. */
export interface Session {
  readonly ledger: AccumulatorLedger
  /** The run was recovered from a checkpoint: what is not lazy is gone. */
  readonly isRecovered: boolean
  /** While a body of transform or foreachRDD runs, which may read what the accumulators hold and make RDDs. */
  readonly sparkContext: SparkContext<Rdd> | undefined
}

/** The accumulators and broadcasts of a pipeline on one executor, and the SparkContext of the body that runs there.
 *  Source: AccumulatorV2, Broadcast; dstream-semantics §11.11 */
export class SharedVariables {
  readonly acc: Readonly<Record<string, UserAccumulator>>
  readonly bc: Readonly<Record<string, UserBroadcast>>
  readonly sc: BodySparkContext
  readonly initial: ReadonlyMap<string, Amount>
  /** Undefined between jobs, and while the functions are loaded. */
  session: Session | undefined

  constructor(accumulators: readonly AccumulatorSetting[], broadcasts: readonly BroadcastSetting[]) {
    this.initial = new Map(accumulators.map(({ name, initial }) => [name, parseAmount(initial) ?? 0]))
    this.acc = byName(accumulators, (setting) => this.accumulator(setting))
    this.bc = byName(broadcasts, (setting) => this.broadcast(setting))
    this.sc = new BodySparkContext(() => this.session?.sparkContext)
  }

  private accumulator(setting: AccumulatorSetting): UserAccumulator {
    const { name } = setting
    const add = (value: unknown): void => {
      const { session } = this
      if (session === undefined) throw new Error(`acc.${name} can only be added to while a batch runs.`)
      this.needAlive(`acc.${name}`, setting.lazy)
      session.ledger.add(name, value)
    }
    const read = (): unknown => {
      const { session } = this
      if (session?.sparkContext === undefined)
        throw new Error(`acc.${name}.value is readable only in transform and foreachRDD (Spark: on the driver).`)
      this.needAlive(`acc.${name}`, setting.lazy)
      return forUser(session.ledger.value(name))
    }
    return Object.freeze({
      add,
      get value() {
        return read()
      },
    })
  }

  private broadcast({ name, value, lazy }: BroadcastSetting): UserBroadcast {
    const shown = deepFreeze(decodeTagged(value))
    const read = (): unknown => {
      // Shared code is loaded anew with the executors, and may build on it: only what a batch reads was there before the recovery.
      this.needAlive(`bc.${name}`, lazy)
      return shown
    }
    return Object.freeze({
      get value() {
        return read()
      },
    })
  }

  private needAlive(what: string, lazy: boolean): void {
    if (this.session?.isRecovered !== true || lazy) return
    throw new Error(
      `${what} is gone: as in Spark, it does not survive recovery from a checkpoint. Declare it lazy in the settings of the pipeline, so that it is made anew on first use, and start afresh.`,
    )
  }
}

function byName<S extends { readonly name: string }, T>(
  settings: readonly S[],
  make: (setting: S) => T,
): Readonly<Record<string, T>> {
  return Object.freeze(Object.fromEntries(settings.map((setting) => [setting.name, make(setting)])))
}

function forUser(amount: Amount): unknown {
  return typeof amount === 'number' ? amount : decodeTagged(amount)
}

/** A decoded record, so without cycles and at most as deep as records are. */
function deepFreeze(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  for (const each of Object.values(value)) deepFreeze(each)
  return Object.freeze(value)
}
