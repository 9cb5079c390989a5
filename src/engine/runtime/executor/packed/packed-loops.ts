import type { Decode } from './ascii-text.ts'
import { hasOwnBuiltIns } from './built-ins.ts'
import { KeyTable } from './key-table.ts'
import { type BlockLines, type Encode, type PackedBlock, PackedBlocks, type Wanted } from './packed-block.ts'

/** A loop over the characters of a block; see compile/packed/print-packed.ts.
 *  Shape: `counts[i]` is set to the records of step i; `marked` gets where the lines begin that gave any step one of its first `limit` records
 *  Fails: undefined for a block that holds what it does not know */
export type PackedLoop = (
  block: PackedBlock,
  table: KeyTable,
  limit: number,
  counts: number[],
  marked: number[],
) => unknown

/** The printed form of a chain: loops for blocks of ASCII and for all others; where no characters are read there is one loop for both. */
export interface PackedChain {
  readonly bytes: Wanted
  readonly lowers: boolean
  /** A block may come as bytes: nothing is asked of its text but pieces and line breaks, and it stays as it is. */
  readonly takesBytes: boolean
  readonly loops: readonly PackedLoop[]
}

interface LoadedChain extends PackedChain {
  readonly tables: readonly KeyTable[]
}

/** The packed chains of a plan on one executor. */
export class PackedLoops {
  private readonly chains: ReadonlyMap<string, LoadedChain>
  private readonly blocks: PackedBlocks
  /** How bytes become text, where the host knows. */
  readonly decode: Decode | undefined

  constructor(chains: Readonly<Record<string, PackedChain>>, encode: Encode | undefined, decode?: Decode) {
    this.chains = new Map(
      Object.entries(chains).map(([name, chain]) => [name, { ...chain, tables: [new KeyTable(), new KeyTable()] }]),
    )
    this.blocks = new PackedBlocks(encode)
    this.decode = decode
  }

  has(name: string): boolean {
    return this.chains.has(name)
  }

  /** Runs a chain over the lines of a block.
   *  Fails: undefined where the general loop has to */
  run(name: string, lines: BlockLines, limit: number, counts: number[], marked: number[]): unknown {
    const chain = this.chains.get(name)
    if (chain === undefined || !hasOwnBuiltIns()) return undefined
    const opened = this.open(chain, lines)
    if (opened === undefined) return undefined
    const which = opened.isWide ? 1 : 0
    const [loop, table] = [chain.loops[which], chain.tables[which]]
    const result =
      loop === undefined || table === undefined ? undefined : loop(opened.block, table, limit, counts, marked)
    this.blocks.close()
    return result
  }

  private open(
    { bytes, lowers, takesBytes }: PackedChain,
    { text, count }: BlockLines,
  ): ReturnType<PackedBlocks['open']> {
    if (typeof text === 'string') return this.blocks.open({ text, count }, bytes, lowers)
    if (!takesBytes) return this.blocks.open({ text: text.toString(), count }, bytes, lowers)
    return { block: this.blocks.openBytes(text, count), isWide: false }
  }
}
