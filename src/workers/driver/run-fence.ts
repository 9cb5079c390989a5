import * as v from 'valibot'
import type { CheckpointStore } from '#engine/checkpoint/checkpoint-store.ts'
import { type Diagnostic, problem } from '#engine/model/diagnostic.ts'
import type { OutputFiles } from '#engine/runtime/driver/files/output-files.ts'
import { attempt } from './attempt.ts'
import { FENCED_OUT, FencedOut, freshToken } from './fence.ts'
import { claimCheckpoint, findClaim, holdsFence } from './idb-checkpoint-store.ts'

/** All drivers of this browser hear of every claim at once, however busy or frozen their pages are. */
const CHANNEL = 'sluice-fence'
const claimOf = v.object({ pipelineId: v.string(), fence: v.string() })

/** Tells the drivers of other tabs who may run this pipeline from now on. */
export function announceClaim(pipelineId: string, fence: string): void {
  const channel = new BroadcastChannel(CHANNEL)
  channel.postMessage({ pipelineId, fence })
  channel.close()
}

/** Makes this tab the one that may run the pipeline, and tells the others. Where there is no room for a new token the last one is taken over: those who hold it
 *  stop when they hear of another; one that hears nothing for as long as there is no room could store one more step when there is.
 *  Fails: rejects with a message for the user */
export async function claimRun(pipelineId: string): Promise<string> {
  const claimed = await attempt(() => claimCheckpoint(pipelineId))
  const last = claimed.ok ? undefined : await findClaim(pipelineId)
  if (!claimed.ok && last === undefined) throw new Error(claimed.error)
  announceClaim(pipelineId, claimed.ok ? claimed.value : freshToken())
  return claimed.ok ? claimed.value : (last ?? '')
}

/** One run's right to store anything. It is lost once, when another tab claims the pipeline, and never comes back. */
export class RunFence {
  private readonly pipelineId: string
  private readonly fence: string
  private readonly onLost: () => void
  private readonly channel = new BroadcastChannel(CHANNEL)
  private lost = false

  constructor(pipelineId: string, fence: string, onLost: () => void) {
    this.pipelineId = pipelineId
    this.fence = fence
    this.onLost = onLost
    this.channel.onmessage = ({ data }: MessageEvent<unknown>) => {
      const claim = v.safeParse(claimOf, data)
      if (claim.success && claim.output.pipelineId === pipelineId && claim.output.fence !== fence) this.lose()
    }
  }

  /** The store, whose refusal is noticed. It checks each step itself, in the transaction that would write it. */
  guardStore(store: CheckpointStore): CheckpointStore {
    return {
      read: () => store.read(),
      write: (step) => this.watch(store.write(step)),
      clear: () => this.watch(store.clear()),
    }
  }

  /** The files: what a run saves after its loss is refused. One that is being saved at that moment is, as every save, the same that
   *  the next owner saves when it runs the batch again. */
  guardFiles(files: OutputFiles): OutputFiles {
    return {
      save: async (directory, parts) => {
        if (this.lost || !(await holdsFence(this.pipelineId, this.fence))) {
          this.lose()
          throw new Error(`${FENCED_OUT}.`)
        }
        await files.save(directory, parts)
      },
    }
  }

  /** The run is over: nobody needs to be told any more. */
  close(): void {
    this.lost = true
    this.channel.close()
  }

  private async watch(done: Promise<void>): Promise<void> {
    try {
      await done
    } catch (error) {
      if (error instanceof FencedOut) this.lose()
      throw error
    }
  }

  private lose(): void {
    if (this.lost) return
    this.close()
    this.onLost()
  }
}

/** Why a run cannot begin for which nothing can be stored. */
export function noRoom(reason: string): Diagnostic {
  return problem('run/no-room', `The run cannot begin: ${reason}.`, {
    hint: 'Storage… in the pipeline menu shows what can go.',
  })
}

/** Why a run cannot begin whose token is not the newest. */
export function takenOver(): Diagnostic {
  return problem('run/taken-over', 'Another tab has taken this pipeline over: it cannot run here.', {
    hint: 'Follow it here, or take it back.',
  })
}
