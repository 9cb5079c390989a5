import { booleanOf } from '#engine/compile/conf.ts'
import type { StartRequest, StoredCheckpoint } from '#protocol/driver-service.ts'
import type { EngineSurroundings } from './engine-surroundings.ts'

/** A start of the document as it is now, or, with a checkpoint, of the version saved there or with its states; then with the clock saved there. */
export async function makeRequest(
  { document, session, memory }: EngineSurroundings,
  stored: StoredCheckpoint | undefined,
  { paused, from }: { readonly paused: boolean; readonly from: StartRequest['from'] },
): Promise<StartRequest> {
  const { id: pipelineId, pipeline } = document.getState()
  const skipMissed = booleanOf(pipeline.settings.conf, 'sluice.skipMissedBatches')
  if (stored === undefined)
    return { pipelineId, pipeline, clock: { ...session.getState().clock, paused }, from: 'fresh', skipMissed }
  const running = from === 'keep' ? pipeline : ((await memory.find(pipelineId)) ?? pipeline)
  const { clock: kind, speed, machineCores } = stored
  session.getState().setClock({ kind, speed })
  const stands = from === 'keep' ? paused : stored.paused || paused
  const clock = { kind, speed, paused: stands && kind === 'virtual' }
  return { pipelineId, pipeline: running, clock, from: from === 'keep' ? 'keep' : 'resume', skipMissed, machineCores }
}
