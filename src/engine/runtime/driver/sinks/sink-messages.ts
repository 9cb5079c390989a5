import type { SendAction } from '#engine/operator/stream-spec.ts'

/** The messages of a batch, in order; of what is empty there is none. With an envelope each can be told from any other by its time, partition and index, and
 *  is marked when it may have been sent before. */
export function sinkMessages(
  partitions: readonly (readonly string[])[],
  { split, envelope }: Pick<SendAction, 'split' | 'envelope'>,
  { timeMs, mayRepeat }: { readonly timeMs: number; readonly mayRepeat: boolean },
): readonly string[] {
  const mark = mayRepeat ? ',"mayRepeat":true' : ''
  // The records are JSON already.
  const wrap = (place: string, name: string, json: string): string =>
    envelope ? `{"timeMs":${timeMs}${place}${mark},"${name}":${json}}` : json
  const list = (records: readonly string[]): string => `[${records.join(',')}]`
  if (split === 'batch') {
    const records = partitions.flat()
    return records.length === 0 ? [] : [wrap('', 'records', list(records))]
  }
  return partitions.flatMap((records, partition) => {
    const place = `,"partition":${partition}`
    if (split === 'records') return records.map((record, index) => wrap(`${place},"index":${index}`, 'record', record))
    return records.length === 0 ? [] : [wrap(place, 'records', list(records))]
  })
}
