import {
  closeSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'

/** What a checkpoint directory needs of a file system. Only what was synced is certain to outlive the machine: of other writes and changes of names a
 *  power failure keeps any part. Every method blocks, and throws the file system's error. */
export interface Disk {
  makeDirectory(dir: string): void
  /** A missing file is none. */
  remove(path: string): void
  /** Opens for appending, and makes the file when it is missing. */
  open(path: string): number
  /** Whole, from its beginning. */
  read(path: string): Buffer
  /** Fails: also after a part of it was written */
  append(file: number, bytes: Buffer): void
  truncate(file: number, length: number): void
  sync(file: number): void
  /** In one step: another file of the name is replaced. */
  rename(from: string, to: string): void
  close(file: number): void
  /** Makes renames and new files last, where that is possible. */
  syncDirectory(dir: string): void
}

export const nodeDisk: Disk = {
  makeDirectory: (dir) => mkdirSync(dir, { recursive: true }),
  remove: (path) => rmSync(path, { force: true }),
  open: (path) => openSync(path, 'a'),
  read: (path) => readFileSync(path),
  append: (file, bytes) => writeFileSync(file, bytes),
  truncate: (file, length) => ftruncateSync(file, length),
  sync: (file) => fsyncSync(file),
  rename: (from, to) => renameSync(from, to),
  close: (file) => closeSync(file),
  syncDirectory: (dir) => {
    try {
      const handle = openSync(dir, 'r')
      try {
        fsyncSync(handle)
      } finally {
        closeSync(handle)
      }
    } catch {
      // A directory cannot be synced everywhere, and then nothing more can be done.
    }
  },
}
