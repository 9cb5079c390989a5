import type { Disk } from '#cli/checkpoint/disk.ts'

/** Decides what a failure keeps: whole numbers below `below`. */
export type Draw = (below: number) => number

interface File {
  /** What reads see. */
  bytes: Buffer
  /** What a power failure keeps for certain. */
  synced: Buffer
  /** What came since, in order. */
  pending: (
    | { readonly kind: 'append'; readonly bytes: Buffer }
    | { readonly kind: 'truncate'; readonly length: number }
  )[]
}

type NameChange =
  | { readonly kind: 'link'; readonly path: string; readonly file: File }
  | { readonly kind: 'unlink'; readonly path: string }
  | { readonly kind: 'rename'; readonly from: string; readonly to: string }

/** A file system in memory that keeps after a power failure only what it must, and any part of the rest; the last write may be torn, or have left a
 *  hole. It can be full. */
export class SimulatedDisk implements Disk {
  private names = new Map<string, File>()
  private syncedNames = new Map<string, File>()
  private nameChanges: NameChange[] = []
  private readonly handles = new Map<number, File>()
  private nextHandle = 1
  /** Calls until one fails for want of room; negative: never. */
  failsIn = -1
  /** Calls until the power fails; negative: never. */
  diesIn = -1

  makeDirectory(): void {}

  remove(path: string): void {
    this.tick()
    if (!this.names.delete(path)) return
    this.nameChanges.push({ kind: 'unlink', path })
  }

  open(path: string): number {
    this.tick()
    const known = this.names.get(path)
    const file: File = known ?? { bytes: Buffer.alloc(0), synced: Buffer.alloc(0), pending: [] }
    if (known === undefined) {
      this.names.set(path, file)
      this.nameChanges.push({ kind: 'link', path, file })
    }
    this.handles.set(this.nextHandle, file)
    return this.nextHandle++
  }

  read(path: string): Buffer {
    return Buffer.from(this.names.get(path)?.bytes ?? [])
  }

  append(handle: number, bytes: Buffer): void {
    const file = this.fileOf(handle)
    const put = (part: Buffer): void => {
      file.bytes = Buffer.concat([file.bytes, part])
      file.pending.push({ kind: 'append', bytes: part })
    }
    try {
      this.tick()
    } catch (error) {
      // A part of it may be there.
      put(bytes.subarray(0, bytes.length >> 1))
      throw error
    }
    put(Buffer.from(bytes))
  }

  truncate(handle: number, length: number): void {
    // Making a file shorter needs no room.
    if (this.diesIn >= 0) this.tick()
    const file = this.fileOf(handle)
    file.bytes = file.bytes.subarray(0, length)
    file.pending.push({ kind: 'truncate', length })
  }

  sync(handle: number): void {
    this.tick()
    const file = this.fileOf(handle)
    file.synced = Buffer.from(file.bytes)
    file.pending = []
  }

  rename(from: string, to: string): void {
    this.tick()
    const file = this.names.get(from)
    if (file === undefined) throw new Error(`no file ${from}`)
    this.names.delete(from)
    this.names.set(to, file)
    this.nameChanges.push({ kind: 'rename', from, to })
  }

  close(handle: number): void {
    this.handles.delete(handle)
  }

  syncDirectory(): void {
    // Names need no room of their own.
    if (this.diesIn >= 0) this.tick()
    this.syncedNames = new Map(this.names)
    this.nameChanges = []
  }

  /** The power fails. What was not synced is kept in part. */
  fail(draw: Draw): void {
    const names = new Map(this.syncedNames)
    for (const change of this.nameChanges.slice(0, draw(this.nameChanges.length + 1))) apply(names, change)
    for (const file of new Set(names.values())) file.bytes = survivor(file, draw)
    for (const file of names.values()) {
      file.synced = Buffer.from(file.bytes)
      file.pending = []
    }
    this.names = names
    this.syncedNames = new Map(names)
    this.nameChanges = []
    this.handles.clear()
    this.failsIn = -1
    this.diesIn = -1
  }

  /** Only the process is killed: the system keeps all it was given. */
  kill(): void {
    this.handles.clear()
    this.failsIn = -1
    this.diesIn = -1
  }

  private tick(): void {
    if (this.diesIn === 0) throw new PowerFailure()
    if (this.diesIn > 0) this.diesIn -= 1
    if (this.failsIn === 0) throw new Error('ENOSPC: no space left on device')
    if (this.failsIn > 0) this.failsIn -= 1
  }

  private fileOf(handle: number): File {
    const file = this.handles.get(handle)
    if (file === undefined) throw new Error('a closed file')
    return file
  }
}

export class PowerFailure extends Error {}

function apply(names: Map<string, File>, change: NameChange): void {
  if (change.kind === 'link') names.set(change.path, change.file)
  else if (change.kind === 'unlink') names.delete(change.path)
  else {
    const file = names.get(change.from)
    if (file === undefined) return
    names.delete(change.from)
    names.set(change.to, file)
  }
}

/** The synced bytes with some of what came since, the last of it perhaps torn or never written where the length already was. */
function survivor({ synced, pending }: File, draw: Draw): Buffer {
  const kept = pending.slice(0, draw(pending.length + 1))
  let bytes = Buffer.from(synced)
  kept.forEach((operation, index) => {
    if (operation.kind === 'truncate') bytes = bytes.subarray(0, operation.length)
    else {
      const isLast = index === kept.length - 1
      const length = isLast ? draw(operation.bytes.length + 1) : operation.bytes.length
      const written = operation.bytes.subarray(0, length)
      const isHole = isLast && draw(4) === 0
      bytes = Buffer.concat([bytes, isHole ? Buffer.alloc(written.length) : written])
    }
  })
  return bytes
}
