/** Picks items as words occur in a language: the item of rank r (the first has rank 1) in proportion to 1 / r^exponent.
 *  Shape: u in [0, 1) → item */
export function zipfPicker<Item>(items: readonly [Item, ...Item[]], exponent = 1): (u: number) => Item {
  const bounds = new Float64Array(items.length)
  let total = 0
  for (let rank = 0; rank < items.length; rank++) {
    total += 1 / (rank + 1) ** exponent
    bounds[rank] = total
  }
  return (u) => {
    const target = u * total
    let low = 0
    let high = items.length - 1
    while (low < high) {
      const middle = (low + high) >> 1
      if ((bounds[middle] ?? 0) > target) high = middle
      else low = middle + 1
    }
    return items[low] ?? items[0]
  }
}
