import type { CheckedPipeline } from '#engine/compile/checked-pipeline.ts'
import { findClosestName } from '#engine/model/closest-name.ts'
import { type Diagnostic, problem } from '#engine/model/diagnostic.ts'
import { isJsonObject, type Json } from '#engine/model/json.ts'
import { parseJsonText } from '#engine/model/parse-json.ts'
import { err, ok, type Result } from '#engine/model/result.ts'
import type { Feed } from '#engine/operator/feed.ts'
import { RecordError } from '#engine/record/record-error.ts'
import { decodeTagged } from '#engine/record/tagged-json.ts'

/** Feeds by the id of the source node that they replace. */
export type InputFeeds = Readonly<Record<string, Feed>>

type Batches = readonly (readonly Json[] | null)[]

const MAX_PARTITIONS = 1024
const entryKeys = ['batches', 'partitions']

/** The text of an --input file → feeds. Records are plain JSON or tagged (record/tagged-json.ts); `partitions` is 1 when absent.
 *  Fails: every problem of the file: input/…, json/… */
export function parseInput(text: string, checked: CheckedPipeline): Result<InputFeeds> {
  // The file is the user's own, not a stranger's: no limit but memory.
  const json = parseJsonText(text, Number.POSITIVE_INFINITY)
  if (!json.ok) return err(json.error.map((each) => ({ ...each, message: `--input: ${each.message}` })))
  if (!isJsonObject(json.value))
    return err([
      problem('input/shape', '--input: the file must hold an object, node id → {"batches": […], "partitions": n}.'),
    ])
  const problems: Diagnostic[] = []
  const feeds: Record<string, Feed> = {}
  for (const [node, entry] of Object.entries(json.value)) {
    const wrongNode = checkNode(node, checked)
    if (wrongNode !== undefined) {
      problems.push(wrongNode)
      continue
    }
    const before = problems.length
    const { batches, partitions } = readEntry(node, entry, problems)
    if (problems.length === before) feeds[node] = { kind: 'indexed', batches, partitions }
  }
  return problems.length === 0 ? ok(feeds) : err(problems)
}

function checkNode(node: string, { nodes }: CheckedPipeline): Diagnostic | undefined {
  const checked = nodes.get(node)
  if (checked === undefined) {
    const closest = findClosestName(node, nodes.keys())
    const hint = closest === undefined ? {} : { hint: `Did you mean ${closest}?` }
    return problem('input/unknown-node', `--input: the document has no node "${node}".`, hint)
  }
  if (checked.operator === undefined || checked.operator.inputs.length === 0) return undefined
  const sources = [...nodes.values()].filter((each) => each.operator?.inputs.length === 0).map((each) => each.node.id)
  return problem('input/not-a-source', `--input: ${checked.operator.name} takes its records from other nodes.`, {
    node,
    hint: sources.length === 0 ? 'The document has no source.' : `Feed a source: ${sources.join(', ')}.`,
  })
}

function readEntry(node: string, entry: Json, problems: Diagnostic[]): { batches: Batches; partitions: number } {
  if (!isJsonObject(entry)) {
    const hint = { node, hint: 'For example {"batches": [[1, 2], null, [3]], "partitions": 2}.' }
    problems.push(problem('input/shape', '--input: this must be an object with "batches".', hint))
    return { batches: [], partitions: 1 }
  }
  for (const key of Object.keys(entry)) {
    if (entryKeys.includes(key)) continue
    const closest = findClosestName(key, entryKeys)
    const hint = closest === undefined ? 'There are batches and partitions.' : `Did you mean ${closest}?`
    problems.push(problem('input/unknown-key', `--input: "${key}" means nothing here.`, { node, hint }))
  }
  return { batches: readBatches(node, entry.batches, problems), partitions: readPartitions(node, entry, problems) }
}

function readPartitions(
  node: string,
  { partitions = 1 }: { readonly partitions?: Json },
  problems: Diagnostic[],
): number {
  if (typeof partitions === 'number' && Number.isInteger(partitions) && partitions >= 1 && partitions <= MAX_PARTITIONS)
    return partitions
  problems.push(
    problem('input/partitions', `--input: "partitions" must be a whole number from 1 to ${MAX_PARTITIONS}.`, { node }),
  )
  return 1
}

function readBatches(node: string, batches: Json | undefined, problems: Diagnostic[]): Batches {
  if (!Array.isArray(batches)) {
    const hint = { node, hint: 'Each is an array of records, or null for "no RDD".' }
    problems.push(problem('input/shape', '--input: "batches" must be an array of batches.', hint))
    return []
  }
  return batches.map((batch: Json, index) => readBatch(node, batch, index + 1, problems))
}

function readBatch(node: string, batch: Json, number: number, problems: Diagnostic[]): readonly Json[] | null {
  if (batch === null) return null
  if (!Array.isArray(batch)) {
    const hint = { node, hint: 'Give an array of records, or null for "no RDD".' }
    problems.push(problem('input/shape', `--input: batch ${number} must be an array.`, hint))
    return null
  }
  const records: readonly Json[] = batch
  try {
    decodeTagged(records)
  } catch (error) {
    if (!(error instanceof RecordError)) throw error
    problems.push(problem('input/record', `--input: batch ${number}: ${error.message}`, { node }))
  }
  return records
}
