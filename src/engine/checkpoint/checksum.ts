/** A checksum of a text, as 14 hexadecimal digits: two sums over its 16-bit units that mix in different ways, 53 bits of them. Any single changed
 *  unit changes it for certain, any other damage but for one chance in 2^53. Nobody is kept from making a text to a checksum.
 *  Source: the mixing steps of MurmurHash3 */
export function checksum(text: string, seed = 0): string {
  let a = 0xdeadbeef ^ seed
  let b = 0x41c6ce57 ^ seed
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index)
    a = Math.imul(a ^ unit, 2654435761)
    b = Math.imul(b ^ unit, 1597334677)
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909)
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909)
  return (4294967296 * (2097151 & b) + (a >>> 0)).toString(16).padStart(14, '0')
}
