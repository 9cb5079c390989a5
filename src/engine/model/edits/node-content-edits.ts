// Edits of what a single node holds.
import { nodeSchema } from '#engine/model/document/document-schema.ts'
import type { Edit, SetDisabled, SetNodeNote, SetOperator, SetParam } from '#engine/model/edit.ts'
import type { Json } from '#engine/model/json.ts'
import type { Pipeline, PipelineNode } from '#engine/model/pipeline.ts'
import { ok } from '#engine/model/result.ts'
import { type EditRule, missing, parsePart } from './edit-rule.ts'
import { replaceAt } from './positions.ts'

/** Fails: edit/not-there. */
export const setOperator: EditRule<SetOperator> = {
  apply: (pipeline, { node: id, op, params }) =>
    change(pipeline, id, (node) => ({
      after: { ...node, op, params },
      inverse: { kind: 'setOperator', node: id, op: node.op, params: node.params },
    })),
  label: ({ node, op }) => `Make ${node} ${op}`,
  merge: (first, second) => (first.node === second.node ? second : undefined),
}

/** Fails: edit/not-there. */
export const setParam: EditRule<SetParam> = {
  apply: (pipeline, { node: id, param, value }) =>
    change(pipeline, id, (node) => {
      const before = Object.hasOwn(node.params, param) ? node.params[param] : undefined
      if (before === value) return { after: node, inverse: setParamTo(id, param, before) }
      if (value === undefined) {
        const { [param]: _removed, ...params } = node.params
        // Setting it again would put it last, so the inverse restores them all in their order.
        return {
          after: { ...node, params },
          inverse: { kind: 'setOperator', node: id, op: node.op, params: node.params },
        }
      }
      return { after: { ...node, params: { ...node.params, [param]: value } }, inverse: setParamTo(id, param, before) }
    }),
  label: ({ node, param }) => `Change ${node}.${param}`,
  merge: (first, second) =>
    // After a removal the parameter would come last, where the second edit alone leaves it in its place.
    first.node === second.node && first.param === second.param && first.value !== undefined ? second : undefined,
}

function setParamTo(node: string, param: string, value: Json | undefined): SetParam {
  return value === undefined ? { kind: 'setParam', node, param } : { kind: 'setParam', node, param, value }
}

/** Fails: edit/not-there. */
export const setNodeNote: EditRule<SetNodeNote> = {
  apply: (pipeline, { node: id, note }) =>
    change(pipeline, id, (node) => {
      const { note: before, ...rest } = node
      return {
        after: note === before ? node : note === undefined ? rest : { ...node, note },
        inverse: { kind: 'setNodeNote', node: id, ...(before === undefined ? {} : { note: before }) },
      }
    }),
  label: ({ node }) => `Change the note of ${node}`,
  merge: (first, second) => (first.node === second.node ? second : undefined),
}

/** Fails: edit/not-there. */
export const setDisabled: EditRule<SetDisabled> = {
  apply: (pipeline, { node: id, disabled }) =>
    change(pipeline, id, (node) => {
      const { disabled: before, ...rest } = node
      return {
        after: disabled === before ? node : disabled === undefined ? rest : { ...node, disabled },
        inverse: { kind: 'setDisabled', node: id, ...(before === undefined ? {} : { disabled: before }) },
      }
    }),
  label: ({ node, disabled }) => (disabled === true ? `Switch ${node} off` : `Switch ${node} on`),
  merge: (first, second) => (first.node === second.node ? second : undefined),
}

function change(
  pipeline: Pipeline,
  id: string,
  edit: (node: PipelineNode) => { readonly after: PipelineNode; readonly inverse: Edit },
): ReturnType<EditRule<Edit>['apply']> {
  const i = pipeline.nodes.findIndex((node) => node.id === id)
  const node = pipeline.nodes[i]
  if (node === undefined) return missing('node', id)
  const { after, inverse } = edit(node)
  if (after === node) return ok({ pipeline, inverse })
  const parsed = parsePart(nodeSchema, after, ['nodes', i])
  if (!parsed.ok) {
    // `node` so that the message appears at the field that was edited.
    return { ok: false, error: parsed.error.map((diagnostic) => ({ ...diagnostic, node: id })) }
  }
  return ok({ pipeline: { ...pipeline, nodes: replaceAt(pipeline.nodes, i, parsed.value) }, inverse })
}
