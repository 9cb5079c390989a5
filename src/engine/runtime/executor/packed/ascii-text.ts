import { type AsciiPayload, SLACK_BYTES } from '#engine/runtime/wire.ts'

/** Makes text of UTF-8. Source: TextDecoder.decode */
export type Decode = (bytes: Uint8Array<ArrayBuffer>) => string

const { fromCharCode } = String
const { apply } = Reflect

/** Bytes that become text at once: they are arguments of one call. */
const AT_ONCE = 8192
const LINE_END = 10
/** Where more than this share of the text is wanted in pieces, all of it becomes a text first: pieces of that cost less. */
const LARGEST_SHARE = 1 / 8

/** ASCII that came as bytes, and becomes text where somebody needs some. */
export class AsciiText {
  /** A line's end and what else a loop may read are behind the last. */
  readonly bytes: Uint8Array<ArrayBuffer>
  /** Characters. */
  readonly length: number
  private readonly decode: Decode | undefined
  private whole: string | undefined
  /** Characters that were wanted in pieces. */
  private taken = 0

  constructor({ bytes, length }: Pick<AsciiPayload, 'bytes' | 'length'>, decode: Decode | undefined) {
    this.bytes = new Uint8Array(bytes, 0, length + SLACK_BYTES)
    this.length = length
    this.decode = decode
  }

  /** Shape: as of a string; neither place is negative */
  slice(from: number, to = this.length): string {
    this.taken += to - from
    if (this.taken > this.length * LARGEST_SHARE) return this.toString().slice(from, to)
    return charsOf(this.bytes.subarray(from, Math.min(to, this.length)))
  }

  /** Where a line ends, of the line break only; -1 for the last one. */
  indexOf(_lineBreak: '\n', from = 0): number {
    const at = this.bytes.indexOf(LINE_END, from)
    return at < this.length ? at : -1
  }

  toString(): string {
    if (this.whole === undefined) {
      const bytes = this.bytes.subarray(0, this.length)
      this.whole = this.decode === undefined ? charsOf(bytes) : this.decode(bytes)
    }
    return this.whole
  }
}

function charsOf(bytes: Uint8Array): string {
  const parts: string[] = []
  for (let at = 0; at < bytes.length; at += AT_ONCE)
    // A cast: what calls pass on may be any list of numbers.
    parts.push(apply(fromCharCode, undefined, bytes.subarray(at, at + AT_ONCE) as unknown as number[]))
  return parts.length === 1 ? (parts[0] ?? '') : parts.join('')
}
