import { type Diagnostic, problem } from '#engine/model/diagnostic.ts'
import type { Settings } from '#engine/model/pipeline.ts'
import type { CheckedNode } from './checked-pipeline.ts'
import { booleanOf } from './conf.ts'

const KEY = 'spark.streaming.receiver.writeAheadLog.enable'

/** What becomes of received records when the driver dies. A log without a checkpoint directory stops the run; that nothing was said of a log
 *  is told as a note, because Spark's default loses them.
 *  Fails:  settings/log-without-checkpoint, receiver/not-logged
 *  Source: ReceiverSupervisorImpl; dstream-semantics §7.6 */
export function checkReceivers({ conf, checkpoint }: Settings, nodes: Iterable<CheckedNode>): Diagnostic[] {
  const receivers = [...nodes].filter(({ live, off, bound }) => live && !off && bound?.isReceiver === true)
  const [first] = receivers
  if (first === undefined) return []
  if (booleanOf(conf, KEY)) return checkpoint ? [] : [withoutCheckpoint()]
  if (!checkpoint || conf[KEY] !== undefined) return []
  return receivers.map(({ node }) => ({
    code: 'receiver/not-logged',
    severity: 'info',
    message: `What "${node.id}" receives is in memory only: what no batch has used yet is lost when the run is interrupted.`,
    hint: 'Switch the write-ahead log on in the pipeline settings to keep it, or off to say that it may be lost.',
    node: node.id,
  }))
}

function withoutCheckpoint(): Diagnostic {
  const message =
    'Cannot enable receiver write-ahead log without checkpoint directory set. Please use streamingContext.checkpoint() to set the checkpoint directory. See documentation for more details.'
  const hint = 'Switch checkpointing on, or the write-ahead log off.'
  return problem('settings/log-without-checkpoint', message, { path: ['settings', 'conf', KEY], hint })
}
