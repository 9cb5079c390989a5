import { randomOf } from './paired.ts'

const decoder = new TextDecoder()
// The realm is stripped before anything is measured: what is needed of it is taken here.
const decode = decoder.decode.bind(decoder)
const encoder = new TextEncoder()
const encode = encoder.encode.bind(encoder)

/** Lines of twelve words by Zipf's law (exponent 1) over ten thousand words, about 92 characters each. */
export function zipfLines(lines: number, seed: number): Uint8Array {
  const random = randomOf(seed)
  const words = Array.from({ length: 10_000 }, (_, rank) => wordOf(rank, random))
  const upTo: number[] = []
  let sum = 0
  for (let rank = 1; rank <= words.length; rank++) {
    sum += 1 / rank
    upTo.push(sum)
  }
  const pick = (): string => {
    const wanted = random() * sum
    let [low, high] = [0, upTo.length - 1]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((upTo[middle] ?? 0) < wanted) low = middle + 1
      else high = middle
    }
    return words[low] ?? ''
  }
  const text = Array.from({ length: lines }, () => Array.from({ length: 12 }, pick).join(' ')).join('\n')
  return encode(text)
}

/** A string of its own each time, as a network gives it: neither a literal nor known to anybody. */
export const freshText = (bytes: Uint8Array): string => decode(bytes)

function wordOf(rank: number, random: () => number): string {
  const letters = Array.from({ length: 3 + Math.floor(random() * 6) }, () => 97 + Math.floor(random() * 26))
  return `${String.fromCharCode(...letters)}${rank.toString(36)}`
}
