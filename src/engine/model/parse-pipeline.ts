import { checkReferences } from '#engine/model/document/check-references.ts'
import { checkShape } from '#engine/model/document/check-shape.ts'
import { pipelineSchema } from '#engine/model/document/document-schema.ts'
import { migrateDocument } from '#engine/model/document/migrate.ts'
import type { Diagnostic } from './diagnostic.ts'
import { isIdentifier } from './fresh-id.ts'
import { isJsonObject, type Json } from './json.ts'
import { MAX_DOCUMENT_BYTES } from './limits.ts'
import { parseJson, parseJsonText, tooLarge, utf8Bytes } from './parse-json.ts'
import type { Pipeline } from './pipeline.ts'
import { err, ok, type Result } from './result.ts'

/** Text → document.
 *  Fails: as parseJsonText and parsePipeline; never throws */
export function parsePipelineText(text: string): Result<Pipeline> {
  const json = parseJsonText(text)
  return json.ok ? parseDocument(json.value) : json
}

/** Anything → document in the current format, defaults filled in, unknown keys kept.
 *  Fails: json/… and pipeline/… codes, each with a path and, where it belongs to one, its node; never throws */
export function parsePipeline(input: unknown): Result<Pipeline> {
  const json = parseJson(input)
  return json.ok ? parseDocument(json.value) : json
}

function parseDocument(json: Json): Result<Pipeline> {
  const migrated = isJsonObject(json) ? migrateDocument(json) : ok(json)
  if (!migrated.ok) return migrated
  const parsed = checkShape(pipelineSchema, migrated.value, [])
  if (!parsed.ok) return err(parsed.error.map((diagnostic) => withNode(diagnostic, migrated.value)))
  const problems = checkPipeline(parsed.value)
  return problems.length === 0 ? parsed : err(problems)
}

/** The problems of a document whose parts have the right shape: names that lead nowhere, and its size. */
export function checkPipeline(pipeline: Pipeline): readonly Diagnostic[] {
  const problems = checkReferences(pipeline)
  if (problems.length > 0) return problems
  return utf8Bytes(JSON.stringify(pipeline)) > MAX_DOCUMENT_BYTES ? [tooLarge(MAX_DOCUMENT_BYTES)] : []
}

/** Adds the node and parameter that a path inside `nodes` leads to, when the node has a usable id. */
function withNode(diagnostic: Diagnostic, json: Json): Diagnostic {
  const [first, index, key, param] = diagnostic.path ?? []
  if (first !== 'nodes' || typeof index !== 'number' || !isJsonObject(json)) return diagnostic
  const nodes = json.nodes
  const node: Json | undefined = Array.isArray(nodes) ? nodes[index] : undefined
  const id = isJsonObject(node) ? node.id : undefined
  if (typeof id !== 'string' || !isIdentifier(id)) return diagnostic
  return key === 'params' && typeof param === 'string'
    ? { ...diagnostic, node: id, param }
    : { ...diagnostic, node: id }
}
