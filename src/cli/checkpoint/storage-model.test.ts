import fc from 'fast-check'
import { expect, test } from 'vitest'
import { PowerFailure, SimulatedDisk } from '#cli/checkpoint/testing/simulated-disk.ts'
import { openFileCheckpointStore } from '#cli/file-checkpoint-store.ts'
import type { CheckpointStep } from '#engine/checkpoint/checkpoint-store.ts'

// The journal on a disk that fails: any interleaving of steps, full disks, kills and power failures between any two system calls. What is
// found afterwards is what one step left: the last that was reported as stored, or one that was being stored. SLUICE_STORAGE says how many
// such histories, SLUICE_SEED which.

const runs = Number(process.env.SLUICE_STORAGE ?? 300)
const seed = Number(process.env.SLUICE_SEED ?? Date.now() % 0x7fff_ffff)

type Command =
  | {
      readonly kind: 'write'
      readonly keys: readonly number[]
      readonly removed: readonly number[]
      readonly size: number
      readonly isLax: boolean
    }
  /** The disk is full at this system call, and for so many writes. */
  | { readonly kind: 'full'; readonly call: number }
  | { readonly kind: 'room' }
  /** At this system call. */
  | { readonly kind: 'power'; readonly call: number; readonly draws: readonly number[] }
  | { readonly kind: 'kill' }
  | { readonly kind: 'clear' }

const key = fc.nat({ max: 5 })
const command: fc.Arbitrary<Command> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('write' as const),
      keys: fc.array(key, { maxLength: 3 }),
      removed: fc.array(key, { maxLength: 2 }),
      size: fc.nat({ max: 120 }),
      isLax: fc.boolean(),
    }),
  },
  fc.record({ kind: fc.constant('full' as const), call: fc.nat({ max: 6 }) }),
  fc.record({ kind: fc.constant('room' as const) }),
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('power' as const),
      call: fc.nat({ max: 9 }),
      draws: fc.array(fc.nat(), { minLength: 1, maxLength: 12 }),
    }),
  },
  fc.record({ kind: fc.constant('kill' as const) }),
  fc.record({ kind: fc.constant('clear' as const) }),
)

const applied = (entries: ReadonlyMap<string, string>, { put, remove }: CheckpointStep): Map<string, string> => {
  const next = new Map(entries)
  for (const name of remove) next.delete(name)
  for (const [name, text] of put) next.set(name, text)
  return next
}

/** Plays a history against a store and its disk. */
class Play {
  private readonly disk = new SimulatedDisk()
  private store: Awaited<ReturnType<typeof openFileCheckpointStore>> | undefined
  /** What has been reported as stored. */
  private reported: ReadonlyMap<string, string> = new Map()
  /** What may be found after a kill: the system has all it was given. */
  private handedOver: ReadonlyMap<string, string>[] = [new Map()]
  /** What may be found after a power failure. */
  private possible: ReadonlyMap<string, string>[] = [new Map()]
  private written = 0

  async run(commands: readonly Command[]): Promise<void> {
    await this.reopen()
    for (const each of commands) await this.play(each)
    this.disk.kill()
    await this.reopen()
  }

  private async play(each: Command): Promise<void> {
    switch (each.kind) {
      case 'write':
        return this.write({
          put: new Map(each.keys.map((name) => [`k${name}`, `${++this.written}:${'x'.repeat(each.size)}`])),
          remove: each.removed.map((name) => `k${name}`),
          isLax: each.isLax,
        })
      case 'full':
        this.disk.failsIn = each.call
        return
      case 'room':
        this.disk.failsIn = -1
        return
      case 'power': {
        this.disk.diesIn = each.call
        await this.write({ put: new Map([['k0', `${++this.written}`]]), remove: ['k1'] })
        let next = 0
        this.disk.fail((below) => (each.draws[next++ % each.draws.length] ?? 0) % below)
        return this.reopen()
      }
      case 'kill':
        this.disk.kill()
        this.possible = this.handedOver
        return this.reopen()
      case 'clear': {
        const { failsIn } = this.disk
        this.disk.failsIn = -1
        await this.store?.clear()
        this.disk.failsIn = failsIn
        this.reported = new Map()
        this.possible = [this.reported]
        this.handedOver = [this.reported]
      }
    }
  }

  private async write(step: CheckpointStep): Promise<void> {
    const stored = this.reported
    const next = applied(stored, step)
    try {
      await this.store?.write(step)
      this.reported = next
      this.possible = step.isLax === true ? [...this.possible, next] : [next]
      this.handedOver = [next]
    } catch (error) {
      // It may be there all the same when the power fails before the next step.
      this.possible = [...this.possible, next]
      this.handedOver = [stored, next]
      if (!(error instanceof PowerFailure)) expect(await this.store?.read()).toEqual(stored)
    }
  }

  private async reopen(): Promise<void> {
    this.store = await openFileCheckpointStore('/d', { disk: this.disk, leastCompactedBytes: 400 })
    const found = await this.store.read()
    expect(this.possible).toContainEqual(found)
    this.reported = found
    this.possible = [found]
    this.handedOver = [found]
  }
}

test(
  `a journal holds what its steps left after ${runs} histories of failures (seed ${seed})`,
  async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(command, { minLength: 1, maxLength: 40 }), (commands) => new Play().run(commands)),
      { numRuns: runs, seed },
    )
  },
  60_000 + runs * 20,
)
