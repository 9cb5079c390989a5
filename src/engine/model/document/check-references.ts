// What a document must keep besides the shape of its parts: few enough of them, unique ids, names that lead somewhere.
// Cycles are not looked for here: a draft may have one, and the compiler says so.
import { findClosestName } from '#engine/model/closest-name.ts'
import { type Diagnostic, type JsonPath, problem } from '#engine/model/diagnostic.ts'
import { freshName, isIdentifier } from '#engine/model/fresh-id.ts'
import { MAX_EDGES, MAX_GROUPS, MAX_NODES, MAX_NOTES } from '#engine/model/limits.ts'
import type { Pipeline } from '#engine/model/pipeline.ts'

/** More would not be read, and each may cost a search for the closest name. */
const MAX_PROBLEMS = 50

const MAX_LENGTHS = { nodes: MAX_NODES, edges: MAX_EDGES, notes: MAX_NOTES, groups: MAX_GROUPS } as const

/** Problems of a whole document whose parts have the right shape; at most 50.
 *  Fails: pipeline/too-many, pipeline/duplicate-id, pipeline/duplicate-name, pipeline/unknown-node, pipeline/twice-in-group */
export function checkReferences(pipeline: Pipeline): readonly Diagnostic[] {
  const checker = new Checker(pipeline)
  checker.lengths()
  checker.ids()
  checker.edges()
  checker.groups()
  return checker.problems
}

class Checker {
  readonly problems: Diagnostic[] = []
  private readonly pipeline: Pipeline
  private readonly nodes: ReadonlySet<string>

  constructor(pipeline: Pipeline) {
    this.pipeline = pipeline
    this.nodes = new Set(pipeline.nodes.map((node) => node.id))
  }

  lengths(): void {
    for (const key of ['nodes', 'edges', 'notes', 'groups'] as const) {
      const max = MAX_LENGTHS[key]
      if (this.pipeline[key].length <= max) continue
      this.add(problem('pipeline/too-many', `${key} may hold at most ${max} entries.`, { path: [key] }))
    }
  }

  ids(): void {
    const { nodes, notes, groups, settings } = this.pipeline
    this.unique(
      'node',
      nodes.map((node) => node.id),
      (i) => ['nodes', i, 'id'],
    )
    this.unique(
      'note',
      notes.map((note) => note.id),
      (i) => ['notes', i, 'id'],
    )
    this.unique(
      'group',
      groups.map((group) => group.id),
      (i) => ['groups', i, 'id'],
    )
    for (const key of ['accumulators', 'broadcasts'] as const) {
      const names = (settings[key] ?? []).map((setting) => setting.name)
      this.unique(key.slice(0, -1), names, (i) => ['settings', key, i, 'name'])
    }
  }

  edges(): void {
    this.pipeline.edges.forEach((edge, i) => {
      for (const end of ['from', 'to'] as const) {
        if (!this.nodes.has(edge[end])) this.unknownNode('An edge', edge[end], ['edges', i, end])
      }
    })
  }

  groups(): void {
    this.pipeline.groups.forEach((group, i) => {
      const seen = new Set<string>()
      group.nodes.forEach((id, j) => {
        const path = ['groups', i, 'nodes', j]
        if (!this.nodes.has(id)) this.unknownNode(`The group ${group.title || group.id}`, id, path)
        if (seen.has(id)) this.add(problem('pipeline/twice-in-group', `The group names ${id} twice.`, { path }))
        seen.add(id)
      })
    })
  }

  private unique(what: string, names: readonly string[], pathOf: (i: number) => JsonPath): void {
    const taken = new Set(names)
    if (taken.size === names.length) return
    const seen = new Set<string>()
    names.forEach((name, i) => {
      if (seen.has(name)) {
        const hint = isIdentifier(name) ? `Rename one, for example to ${freshName(taken, name)}.` : 'Rename one.'
        const code =
          what === 'accumulator' || what === 'broadcast' ? 'pipeline/duplicate-name' : 'pipeline/duplicate-id'
        const where = { path: pathOf(i), hint, ...(what === 'node' ? { node: name } : {}) }
        this.add(problem(code, `There is another ${what} called ${name}.`, where))
      }
      seen.add(name)
    })
  }

  private unknownNode(what: string, id: string, path: JsonPath): void {
    if (this.problems.length >= MAX_PROBLEMS) return
    const closest = findClosestName(id, this.nodes)
    const hint = closest === undefined ? 'Add that node, or name one that is there.' : `Did you mean ${closest}?`
    this.add(problem('pipeline/unknown-node', `${what} names ${id}, and there is no such node.`, { path, hint }))
  }

  private add(diagnostic: Diagnostic): void {
    if (this.problems.length < MAX_PROBLEMS) this.problems.push(diagnostic)
  }
}
