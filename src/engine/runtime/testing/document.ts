/** A node as tests write it: operator, parameters, then its inputs as `id` or `id>port`. */
export type NodeText = readonly [op: string, params?: object, ...inputs: string[]]

/** A document in short: nodes by id, in order, with one-second batches, two cores and checkpoints unless `settings` say otherwise. */
export function documentOf(nodes: Readonly<Record<string, NodeText>>, settings: object = {}): object {
  return {
    format: 'sluice/1',
    name: 'Test',
    settings: { batchMs: 1000, master: 'local[2]', checkpoint: true, seed: 1, ...settings },
    nodes: Object.entries(nodes).map(([id, [op, params = {}]]) => ({ id, op, params, at: [0, 0] })),
    edges: Object.entries(nodes).flatMap(([to, [, , ...inputs]]) =>
      inputs.map((input) => {
        const [from, port] = input.split('>')
        return port === undefined ? { from, to } : { from, to, port }
      }),
    ),
  }
}
