import type { Diagnostic } from '#engine/model/diagnostic.ts'
import { problem } from '#engine/model/diagnostic.ts'
import type { Json } from '#engine/model/json.ts'
import type { JsonParam } from './param.ts'

interface JsonShape {
  readonly what: string
  readonly hint: string
  /** Position of the first element that does not fit, -1 for none; undefined when the value itself does not. */
  firstMisfit(value: Json): number | undefined
}

const isList = (value: Json): value is readonly Json[] => Array.isArray(value)

const listOf = (fits: (element: Json) => boolean) => (value: Json) =>
  isList(value) ? value.findIndex((element) => !fits(element)) : undefined

const shapes: { readonly [S in JsonParam['shape']]: JsonShape } = {
  batches: {
    what: 'a list of batches',
    hint: 'Write a list that holds one list of records per batch, e.g. [["a", "b"], [], ["c"]]; null stands for no RDD.',
    firstMisfit: listOf((batch) => batch === null || isList(batch)),
  },
  batch: {
    what: 'a batch',
    hint: 'Write a list of records, e.g. ["a", "b"]; null stands for no RDD.',
    firstMisfit: (value) => (value === null || isList(value) ? -1 : undefined),
  },
  records: {
    what: 'a list of records',
    hint: 'Write a list of records, e.g. ["a", "b"].',
    firstMisfit: listOf(() => true),
  },
  pairs: {
    what: 'a list of pairs',
    hint: 'Write a list of [key, value] pairs, e.g. [["a", 1], ["b", 2]].',
    firstMisfit: listOf((pair) => isList(pair) && pair.length === 2),
  },
  texts: {
    what: 'a list of texts',
    hint: 'Write a list of texts, e.g. ["a", "b"].',
    firstMisfit: listOf((text) => typeof text === 'string'),
  },
}

/** What is wrong with a JSON parameter; without errors the value has the type that its shape promises. */
export function checkJson(
  shape: JsonParam['shape'],
  value: Json,
  place: { readonly node: string; readonly param: string },
): readonly Diagnostic[] {
  const { what, hint, firstMisfit } = shapes[shape]
  const misfit = firstMisfit(value)
  if (misfit === -1) return []
  const at = misfit === undefined ? '' : `: element ${misfit + 1} does not fit`
  return [problem(`param/not-${shape}`, `${place.param} is not ${what}${at}.`, { ...place, hint })]
}
