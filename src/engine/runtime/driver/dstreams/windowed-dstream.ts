import { invariant } from '#engine/model/invariant.ts'
import type { RddHandle } from '#engine/runtime/driver/graph/lineage.ts'
import { DStream } from './dstream.ts'

/** The union of the parent's RDDs of the window, oldest first.
 *  Source: WindowedDStream */
export class WindowedDStream extends DStream {
  private get windowMs(): number {
    const { spec } = this.stream
    invariant(spec.kind === 'windowed', 'kinds agree')
    return spec.windowMs
  }

  protected override get parentRememberMs(): number {
    return this.rememberMs + this.windowMs
  }

  protected override compute(timeMs: number): RddHandle {
    const rdds = this.parent().slice(timeMs - this.windowMs + this.parent().slideMs, timeMs)
    return this.make(timeMs, { kind: 'derived', parents: rdds.map((rdd) => rdd.spec.id) }, rdds)
  }
}
