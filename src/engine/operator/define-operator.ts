import type { Diagnostic } from '#engine/model/diagnostic.ts'
import type { JsonObject } from '#engine/model/json.ts'
import { ok, type Result } from '#engine/model/result.ts'
import type { Feed } from './feed.ts'
import type {
  BoundOperator,
  Category,
  CheckContext,
  Destination,
  Example,
  InputPort,
  LowerContext,
  Operator,
  OutputView,
  Shape,
  Snippet,
} from './operator.ts'
import type { Params, ParamValues } from './param.ts'
import { initialParams, parseParams } from './parse-params.ts'
import type { StreamId } from './stream-spec.ts'

/** All that one operator says of itself; what each field means is said at Operator and BoundOperator. */
export interface Definition<P extends Params> {
  readonly name: string
  readonly category: Category
  readonly title: string
  readonly glyph: string
  readonly summary: string
  readonly help: string
  readonly inputs: readonly InputPort[]
  /** Absent for outputs. */
  readonly output?: Shape
  readonly holdsStates?: boolean
  readonly view?: OutputView
  readonly params: P
  readonly examples: readonly Example[]
  readonly snippets?: readonly Snippet[]
  /** For sources: the kind of the feed that `lower` adds. */
  readonly feed?: Feed['kind']
  check?(values: ParamValues<P>, context: CheckContext): readonly Diagnostic[]
  /** Without it: the slide of the first input, or the batch duration when there is none. */
  slideMs?(values: ParamValues<P>, inputSlidesMs: readonly number[], batchMs: number): number
  lower(values: ParamValues<P>, context: LowerContext): StreamId
  destinations?(values: ParamValues<P>): readonly Destination[]
}

/** An operator from its definition. The types of its parameters end here: `bind` is the only place that knows them. */
export function defineOperator<const P extends Params>(definition: Definition<P>): Operator {
  const { name, category, title, glyph, summary, help, inputs, output, view, params, examples } = definition
  return {
    name,
    category,
    title,
    glyph,
    summary,
    help,
    inputs,
    output,
    holdsStates: definition.holdsStates ?? false,
    view,
    params,
    examples,
    snippets: definition.snippets ?? [],
    initialParams: () => initialParams(params),
    bind: (node, raw) => bind(definition, node, raw),
  }
}

function bind<P extends Params>(definition: Definition<P>, node: string, raw: JsonObject): Result<BoundOperator> {
  const parsed = parseParams(definition.params, node, raw)
  if (!parsed.ok) return parsed
  const { values, functions, warnings } = parsed.value
  return ok({
    warnings,
    check: (context) => definition.check?.(values, context) ?? [],
    slideMs: (inputSlidesMs, batchMs) =>
      definition.slideMs?.(values, inputSlidesMs, batchMs) ?? inputSlidesMs[0] ?? batchMs,
    lower: (context) => definition.lower(values, context),
    destinations: definition.destinations?.(values) ?? [],
    functions,
    isReceiver: definition.feed === 'receiver',
    feed: definition.feed,
  })
}
