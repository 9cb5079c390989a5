/** Why a node has no RDD in a batch, as far as the document tells. */
export type Absence = 'notInRun' | 'off' | 'notLive' | 'betweenSlides' | 'failed' | 'none'

export interface AbsenceFacts {
  readonly timeMs: number
  readonly zeroMs: number
  readonly slideMs: number | undefined
  readonly live: boolean
  readonly off: boolean
  /** The document that runs has this node. */
  readonly inRun: boolean
  /** Something failed in this batch. */
  readonly failed: boolean
}

/** Source: DStream.isTimeValid; dstream-semantics §1 */
export function explainAbsence(facts: AbsenceFacts): Absence {
  if (!facts.inRun) return 'notInRun'
  if (facts.off) return 'off'
  if (!facts.live) return 'notLive'
  if (facts.slideMs !== undefined && (facts.timeMs - facts.zeroMs) % facts.slideMs !== 0) return 'betweenSlides'
  return facts.failed ? 'failed' : 'none'
}
