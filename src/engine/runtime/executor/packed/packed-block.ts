import type { AsciiText } from './ascii-text.ts'
import type { Units } from './read-object.ts'

/** Lines on their way to a loop. */
export interface BlockLines {
  readonly text: string | AsciiText
  readonly count: number
}

/** The text of a block as packed loops read it. */
export interface PackedBlock {
  /** Bytes only where the loop takes them. */
  readonly text: string | AsciiText
  /** The text lower-cased, where the loop asks for that. */
  readonly low: string
  /** The characters, and a line's end behind them; nothing where the loop reads none. */
  readonly src: Units
  /** The same memory, with twelve bytes to read behind the last. */
  readonly view: DataView
  /** Characters. */
  readonly length: number
  /** Characters of a line, on average. */
  readonly lineLength: number
}

/** Writes text as UTF-8, as far as there is room. Source: TextEncoder.encodeInto */
export type Encode = (text: string, into: Uint8Array) => { readonly read: number; readonly written: number }

/** What a loop reads: no characters, those of the text, or those of the lower-cased text. */
export type Wanted = 'none' | 'plain' | 'lowered'

const LINE_END = 10
/** Units behind the text, for the line's end and for reading twelve bytes at once. */
const SLACK = 16
/** Bytes that stay reserved between blocks. */
const KEPT_BYTES = 8_388_608

/** The only other character that becomes one of ASCII when lower-cased. */
const KELVIN = '\u212a'

/** Lays the characters of one block after another into the same memory. */
export class PackedBlocks {
  private readonly encode: Encode | undefined
  private memory = new ArrayBuffer(0)

  constructor(encode: Encode | undefined) {
    this.encode = encode
  }

  /** A block that came as bytes, for a loop that takes them. */
  openBytes(text: AsciiText, count: number): PackedBlock {
    const { bytes, length } = text
    bytes[length] = LINE_END
    return { text, low: '', src: bytes, view: new DataView(bytes.buffer), length, lineLength: length / count }
  }

  /** The block, and whether a byte holds a character: it is ASCII. `lowers`: it is needed lower-cased, for which it must be.
   *  Fails: undefined when it is to be lower-cased and is not ASCII */
  open(
    { text, count }: { readonly text: string; readonly count: number },
    wanted: Wanted,
    lowers: boolean,
  ): { readonly block: PackedBlock; readonly isWide: boolean } | undefined {
    const low = lowers ? text.toLowerCase() : text
    const { length } = text
    const lineLength = length / count
    if (wanted === 'none' && !lowers)
      return { block: { text, low, src: NOTHING, view: NO_VIEW, length, lineLength }, isWide: false }
    const isAscii = this.narrow(wanted === 'lowered' ? low : text) && !(wanted === 'lowered' && text.includes(KELVIN))
    if (lowers && !isAscii) return undefined
    const src = isAscii ? new Uint8Array(this.memory) : this.wide(text)
    src[length] = LINE_END
    const block = { text, low, src, view: new DataView(this.memory), length, lineLength }
    return { block, isWide: !isAscii }
  }

  /** Gives memory back that only a large block needs. */
  close(): void {
    if (this.memory.byteLength > KEPT_BYTES) this.memory = new ArrayBuffer(0)
  }

  /** Whether the text is ASCII, and so lies in memory. */
  private narrow(text: string): boolean {
    this.reserve(text.length + SLACK)
    const bytes = new Uint8Array(this.memory)
    if (this.encode !== undefined) {
      const { read, written } = this.encode(text, bytes)
      return read === text.length && written === text.length
    }
    for (let index = 0; index < text.length; index++) {
      const unit = text.charCodeAt(index)
      if (unit > 127) return false
      bytes[index] = unit
    }
    return true
  }

  private wide(text: string): Uint16Array {
    this.reserve((text.length + SLACK) * 2)
    const units = new Uint16Array(this.memory)
    for (let index = 0; index < text.length; index++) units[index] = text.charCodeAt(index)
    return units
  }

  /** A multiple of two, half as much again as is needed. */
  private reserve(bytes: number): void {
    if (this.memory.byteLength < bytes) this.memory = new ArrayBuffer((bytes + (bytes >> 1) + 1) & ~1)
  }
}

const NOTHING = new Uint8Array(0)
const NO_VIEW = new DataView(new ArrayBuffer(0))
