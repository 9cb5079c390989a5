/** What an executor's own code relies on, done on fixed input. Any change of the answer means that user code changed the engine. */
export function checkSelf(): { readonly digest: string } {
  const holes = new Array<number>(8)
  for (let i = 0; i < holes.length; i += 1) holes[i] = i * i
  const counts = new Map<string, number>()
  for (const word of 'to be or not to be'.split(' ')) counts.set(word, (counts.get(word) ?? 0) + 1)
  const plain: Record<string, unknown> = {}
  for (const [word, count] of counts) plain[word] = count
  const bytes = new Uint8Array(new TextEncoder().encode('sluice').buffer)
  const sorted = [5, 3, 9, 1].sort((a, b) => a - b)
  const parts = [
    holes,
    [...counts.keys()],
    plain,
    JSON.parse(JSON.stringify({ a: [1, { b: 'two' }], c: null })),
    sorted,
    [1, 2, 3].map((value) => value * 2).filter((value) => value > 2),
    [[1], [2, 3]].flat().concat([4]).slice(1),
    [...new Set([1, 1, 2])],
    Object.entries({ x: 1, y: 2 }),
    [...bytes],
    'a-b-c'.replaceAll('-', '+').split('+'),
    Reflect.ownKeys({ p: 1, q: 2 }),
    Math.max(...[1, 7, 3]),
    String(new Date(0).toISOString()),
    [10n ** 20n].map(String),
    ((a: number, b: number) => a + b).apply(null, [1, 2]),
    new Map() instanceof Map,
    'k=1, l=2'.replace(/(\w)=(\d)/g, '$2$1').split(/,\s*/),
    [/^a+$/.test('aaa'), 'x1y2'.match(/\d/g)],
  ]
  return { digest: JSON.stringify(parts) }
}
