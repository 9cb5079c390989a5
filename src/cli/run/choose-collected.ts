import type { CheckedNode, CheckedPipeline } from '#engine/compile/checked-pipeline.ts'
import { findClosestName } from '#engine/model/closest-name.ts'
import { type Diagnostic, problem } from '#engine/model/diagnostic.ts'
import { err, ok, type Result } from '#engine/model/result.ts'

/** Nodes whose records are printed, in order: those asked for, else the inputs of the output nodes.
 *  Fails: collect/unknown-node, collect/switched-off */
export function chooseCollected(
  { pipeline, nodes }: CheckedPipeline,
  asked: readonly string[] | undefined,
): Result<readonly string[]> {
  if (asked === undefined) {
    const outputs = pipeline.nodes.flatMap(({ id }) => nodes.get(id) ?? []).filter((each) => isOutput(each))
    return ok([...new Set(outputs.flatMap(({ inputs }) => [...inputs.values()].flat()))])
  }
  const problems: Diagnostic[] = []
  for (const id of asked) {
    const checked = nodes.get(id)
    if (checked === undefined) {
      const closest = findClosestName(id, nodes.keys())
      const hint = closest === undefined ? {} : { hint: `Did you mean ${closest}?` }
      problems.push(problem('collect/unknown-node', `--collect: the document has no node "${id}".`, hint))
    } else if (checked.off) {
      problems.push(
        problem('collect/switched-off', '--collect: this node is switched off, so it does not run.', { node: id }),
      )
    }
  }
  return problems.length === 0 ? ok(asked) : err(problems)
}

function isOutput({ operator, off }: CheckedNode): boolean {
  return !off && operator !== undefined && operator.output === undefined
}
