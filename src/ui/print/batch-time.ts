// Batch times as a person reads them. Real time is a wall clock; virtual time starts at zero.
import type { ClockState } from '#engine/model/run-state.ts'

const two = (value: number): string => String(value).padStart(2, '0')
const three = (value: number): string => String(value).padStart(3, '0')

/** `2015/05/14 14:04:40`, with `.452` when batches are shorter than a second, and without the date unless `date`.
 *  Source: ui/UIUtils.formatBatchTime */
export function printWallTime(
  timeMs: number,
  options: { readonly batchMs: number; readonly date: boolean; readonly timeZone?: string },
): string {
  const format = new Intl.DateTimeFormat('en-US', {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
    ...(options.timeZone === undefined ? {} : { timeZone: options.timeZone }),
  })
  const parts = new Map(format.formatToParts(timeMs).map((part) => [part.type, part.value]))
  const clock = `${parts.get('hour')}:${parts.get('minute')}:${parts.get('second')}`
  const fraction = options.batchMs < 1000 ? `.${three(((timeMs % 1000) + 1000) % 1000)}` : ''
  const day = options.date ? `${parts.get('year')}/${parts.get('month')}/${parts.get('day')} ` : ''
  return `${day}${clock}${fraction}`
}

/** `01:05` from zero, `1:01:05` from an hour on, with `.250` when batches are not whole seconds. */
export function printVirtualTime(timeMs: number, batchMs: number): string {
  const seconds = Math.floor(timeMs / 1000)
  const hours = Math.floor(seconds / 3600)
  const clock = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`
  const fraction = batchMs % 1000 === 0 ? '' : `.${three(timeMs % 1000)}`
  return `${hours > 0 ? `${hours}:` : ''}${clock}${fraction}`
}

/** What a batch time means depends on the clock that made it. */
export type BatchClock = Pick<ClockState, 'kind' | 'zeroMs'>

/** The short name of a batch on the screen. */
export function printBatchTime(timeMs: number, clock: BatchClock, batchMs: number): string {
  return clock.kind === 'virtual'
    ? printVirtualTime(timeMs - clock.zeroMs, batchMs)
    : printWallTime(timeMs, { batchMs, date: false })
}
