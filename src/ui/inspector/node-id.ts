/** Why `text` cannot be the name of the node that is now called `own`. */
export function checkNodeId(
  text: string,
  own: string,
  taken: { has(id: string): boolean },
): 'idBad' | 'idTaken' | undefined {
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(text)) return 'idBad'
  return text !== own && taken.has(text) ? 'idTaken' : undefined
}
