import type { Json } from '#engine/model/json.ts'
import { type Asking, type FailedBatch, hasFailed, type Outcome, type ReferenceNode } from './evaluation.ts'
import { statefulRules } from './stateful-rules.ts'
import { type Rule, statelessRules } from './stateless-rules.ts'
import { sliced, type WholeBatch } from './whole-batch.ts'

type Fn = (...args: readonly unknown[]) => unknown

/** What a source gives. */
export interface InputBatches {
  readonly batches: readonly (readonly Json[] | null)[]
  readonly partitions: number
  /** Partitions of the empty batches after the last, when not as many. */
  readonly later?: number
}

/** What the reference is given of a pipeline. */
export interface ReferencePipeline {
  readonly batchMs: number
  readonly defaultParallelism: number
  readonly nodes: readonly ReferenceNode[]
  readonly edges: readonly { readonly from: string; readonly to: string; readonly port?: string }[]
  /** Batches of the sources by number, from 1; null has no RDD. */
  readonly inputs: Readonly<Record<string, InputBatches>>
}

const rules: Readonly<Record<string, Rule>> = { ...statelessRules, ...statefulRules }

/** Operators that the reference knows. */
export const referenceOperators: readonly string[] = Object.keys(rules)

/** A pipeline over whole batches: slow, and written after the specification alone. It knows no streams, plans or executors: what a node has
 *  in a batch is worked out from what the nodes before it have in the batches that the operator looks at. */
export class Reference {
  private readonly pipeline: ReferencePipeline
  private readonly nodes: ReadonlyMap<string, ReferenceNode>
  private readonly made = new Map<string, Outcome>()
  private readonly functions = new Map<string, Fn>()

  constructor(pipeline: ReferencePipeline) {
    this.pipeline = pipeline
    this.nodes = new Map(pipeline.nodes.map((node) => [node.id, node]))
  }

  slideOf(id: string): number {
    const { params } = this.node(id)
    if (typeof params.slideMs === 'number') return params.slideMs
    const [parent] = this.inputsOf(id, 'in')
    return parent === undefined ? this.pipeline.batchMs : this.slideOf(parent)
  }

  /** What a node has at a time.
   *  Fails: throws LostBatch when the whole batch cannot be generated */
  outcome(id: string, timeMs: number): Outcome {
    if (timeMs <= 0 || timeMs % this.slideOf(id) !== 0) return undefined
    return this.once(id, timeMs, () => this.compute(id, timeMs))
  }

  private compute(id: string, timeMs: number): Outcome {
    const source = this.pipeline.inputs[id]
    if (source !== undefined) {
      const batch = source.batches[timeMs / this.pipeline.batchMs - 1]
      if (batch === null) return undefined
      return batch === undefined ? sliced([], source.later ?? source.partitions) : sliced(batch, source.partitions)
    }
    const node = this.node(id)
    const rule = rules[node.op]
    if (rule === undefined) throw new Error(`the reference does not know ${node.op}`)
    return rule(this.asking(node, timeMs))
  }

  private asking(node: ReferenceNode, timeMs: number): Asking {
    const [parent] = this.inputsOf(node.id, 'in')
    return {
      node,
      timeMs,
      slideMs: this.slideOf(node.id),
      parentSlideMs: parent === undefined ? this.pipeline.batchMs : this.slideOf(parent),
      defaultParallelism: this.pipeline.defaultParallelism,
      inputs: (port = 'in') => this.inputsOf(node.id, port),
      outcome: (id, atMs) => this.outcome(id, atMs),
      fn: (param) => this.fn(String(node.params[param])),
      once: (name, atMs, make) => this.once(`${node.id} ${name}`, atMs, make),
      from: (parents, compute) => from(node.id, parents, compute),
    }
  }

  /** None, and what cannot be generated, is not kept: it is asked for again, with the same answer. */
  private once(name: string, timeMs: number, make: () => Outcome): Outcome {
    const key = `${name} ${timeMs}`
    const known = this.made.get(key)
    if (known !== undefined) return known
    const made = make()
    if (made !== undefined) this.made.set(key, made)
    return made
  }

  private fn(source: string): Fn {
    const known = this.functions.get(source)
    if (known !== undefined) return known
    const made = new Function(`return (${source})`)() as Fn // sources are the tests' own
    this.functions.set(source, made)
    return made
  }

  private node(id: string): ReferenceNode {
    const node = this.nodes.get(id)
    if (node === undefined) throw new Error(`no node ${id}`)
    return node
  }

  private inputsOf(id: string, port: string): readonly string[] {
    return this.pipeline.edges.filter((edge) => edge.to === id && (edge.port ?? 'in') === port).map(({ from }) => from)
  }
}

/** More records in one batch than a test wants to wait for. */
const MOST_RECORDS = 2000

/** A pipeline multiplies its records beyond what tests can look at. */
export class TooManyRecords extends Error {}

/** Above a failure nothing is computed; what fails here may also show when only a part of a failed parent fails. */
function from<T extends WholeBatch>(
  node: string,
  parents: readonly (WholeBatch | FailedBatch)[],
  compute: (batches: readonly WholeBatch[]) => T,
): T | FailedBatch {
  const failed = parents.filter(hasFailed)
  if (failed.length > 0) return { failed: new Set([...failed.flatMap((each) => [...each.failed]), node]) }
  try {
    const made = compute(parents.flatMap((each) => (hasFailed(each) ? [] : [each])))
    if (made.partitions.reduce((sum, records) => sum + records.length, 0) > MOST_RECORDS) throw new TooManyRecords()
    return made
  } catch (thrown) {
    if (thrown instanceof TooManyRecords) throw thrown
    return { failed: new Set([node]) }
  }
}
