import type { RddCore } from '#engine/rdd/core/rdd-core.ts'
import { describeValue } from '#engine/record/describe.ts'

let readCore: (value: unknown) => RddCore | undefined = () => undefined

/** What a user holds of an RDD. Its core is out of the user's reach: neither a property nor a method gives it away. */
export class RddHandle {
  readonly #core: RddCore

  constructor(core: RddCore) {
    this.#core = core
  }

  static {
    readCore = (value) => (typeof value === 'object' && value !== null && #core in value ? value.#core : undefined)
  }
}

/** The core behind a value, or undefined when it is no RDD. */
export function findCore(value: unknown): RddCore | undefined {
  return readCore(value)
}

/** Fails: TypeError that names the operation when the value is no RDD */
export function needRdd(operation: string, value: unknown): RddCore {
  const core = readCore(value)
  if (core === undefined) throw new TypeError(`${operation} needs an RDD, got ${describeValue(value, 60)}`)
  return core
}

/** A handle of the same class on another RDD. */
export function derive<R extends RddHandle>(_handle: R, core: RddCore): R {
  return core.context.faces.rdd(core) as R // the one class of handles that a context makes
}
