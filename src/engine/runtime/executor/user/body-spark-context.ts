import type { Rdd } from '#engine/rdd/rdd.ts'
import type { RddHandle } from '#engine/rdd/rdd-handle.ts'
import type { SparkContext } from '#engine/rdd/spark-context.ts'

type Sc = SparkContext<Rdd>
type Face = Pick<Sc, keyof Sc>

/** What functions know as `sc`: the SparkContext of the body of transform or foreachRDD that runs, the same as `rdd.sparkContext`.
 *  Fails: every use outside of a body, as Spark refuses it on executors (SPARK-5063) */
export class BodySparkContext implements Face {
  readonly #current: () => Sc | undefined

  constructor(current: () => Sc | undefined) {
    this.#current = current
    Object.freeze(this)
  }

  get defaultParallelism(): number {
    return this.#needed().defaultParallelism
  }

  parallelize(...args: Parameters<Sc['parallelize']>): Rdd {
    return this.#needed().parallelize(...args)
  }

  makeRDD(...args: Parameters<Sc['makeRDD']>): Rdd {
    return this.#needed().makeRDD(...args)
  }

  emptyRDD(): Rdd {
    return this.#needed().emptyRDD()
  }

  union(...rdds: readonly (RddHandle | readonly RddHandle[])[]): Rdd {
    return this.#needed().union(...rdds)
  }

  broadcast<T>(value: T): { readonly value: T } {
    return this.#needed().broadcast(value)
  }

  #needed(): Sc {
    const current = this.#current()
    if (current === undefined)
      throw new Error('sc can be used only in transform and foreachRDD (Spark: on the driver).')
    return current
  }
}
