import type { RddHandle } from '#engine/runtime/driver/graph/lineage.ts'
import { DStream, GenerationFailure } from './dstream.ts'

/** A stream whose RDD follows from its only parent's RDD; without one it has none.
 *  Source: MappedDStream, FilteredDStream, FlatMappedDStream, MapPartitionedDStream, GlommedDStream, ShuffledDStream */
export class PassingDStream extends DStream {
  protected override compute(timeMs: number): RddHandle | undefined {
    const parent = this.parent().getOrCompute(timeMs)
    return parent === undefined
      ? undefined
      : this.make(timeMs, { kind: 'derived', parents: [parent.spec.id] }, [parent])
  }
}

/** A stream that needs the RDD of every parent: a batch in which one is missing fails.
 *  Source: UnionDStream, TransformedDStream */
export class DemandingDStream extends DStream {
  protected override compute(timeMs: number): RddHandle {
    const parents = this.parents.map((parent) => {
      const rdd = parent.getOrCompute(timeMs)
      if (rdd === undefined) throw new GenerationFailure(this.stream.node, this.message(timeMs))
      return rdd
    })
    return this.make(timeMs, { kind: 'derived', parents: parents.map((rdd) => rdd.spec.id) }, parents)
  }

  private message(timeMs: number): string {
    if (this.stream.spec.kind === 'union')
      return `Could not generate RDD from a parent for unifying at time ${timeMs} ms`
    return `Couldn't generate RDD from parent at time ${timeMs} ms`
  }
}
