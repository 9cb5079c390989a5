import type { Pipeline } from '#engine/model/pipeline.ts'

/** Whether two documents would run alike: names, notes and places on the canvas make no difference. */
export function runsAlike(a: Pipeline, b: Pipeline): boolean {
  if (a === b) return true
  const same = a.nodes === b.nodes && a.edges === b.edges && a.settings === b.settings
  return same || essence(a) === essence(b)
}

function essence({ nodes, edges, settings }: Pipeline): string {
  const what = nodes.map(({ id, op, params, disabled }) => [id, op, sorted(params), disabled === true])
  return JSON.stringify([what, edges.map(({ from, to, port }) => [from, to, port ?? null]), sorted(settings)])
}

/** Own keys in one order, however they were written. */
function sorted(object: object): readonly (readonly [string, unknown])[] {
  return Object.entries(object).sort(([a], [b]) => (a < b ? -1 : 1))
}
