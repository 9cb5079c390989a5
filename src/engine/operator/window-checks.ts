import { type Diagnostic, problem } from '#engine/model/diagnostic.ts'
import { isMultipleOf, printMs } from '#engine/model/time.ts'
import { type CheckpointCause, checkCheckpointing } from './checkpoint-checks.ts'
import { multipleFixes } from './multiples.ts'
import type { CheckContext } from './operator.ts'

interface Window {
  readonly windowMs: number
  /** Undefined: the parent's. */
  readonly slideMs: number | undefined
}

/** Spark's class behind a window: `windowed` adds up what each batch left, `reduced` goes on from its previous result. */
type WindowKind = 'windowed' | 'reduced'

// Both as Spark says them, the missing "a" included.
const OWNER = { windowed: 'windowed DStream', reduced: 'ReducedWindowedDStream' } as const
const RULE = { windowed: 'must be a multiple of', reduced: 'must be multiple of' } as const

/** What Spark refuses when the windowed stream is made, and a warning when records fall between the windows.
 *  Some versions of Spark print the slide where the message speaks of the window; here it is always the window.
 *  Source: the constructors of WindowedDStream and ReducedWindowedDStream */
export function checkWindow(kind: WindowKind, window: Window, context: CheckContext): readonly Diagnostic[] {
  const parentMs = context.inputSlidesMs[0] ?? context.batchMs
  const refusals = [
    ...checkMultiple(kind, 'window', window.windowMs, parentMs, context.node),
    ...(window.slideMs === undefined ? [] : checkMultiple(kind, 'slide', window.slideMs, parentMs, context.node)),
  ]
  return refusals.length > 0 ? refusals : checkGaps(kind, window, context.node)
}

/** What Spark refuses of a window that goes on from its previous result: `cause` as in checkCheckpointing. */
export function checkReducedWindow(
  window: Window,
  context: CheckContext,
  cause?: CheckpointCause,
): readonly Diagnostic[] {
  const slideMs = window.slideMs ?? context.inputSlidesMs[0] ?? context.batchMs
  return [
    ...checkWindow('reduced', window, context),
    ...checkCheckpointing({ stream: 'ReducedWindowedDStream', slideMs, cause }, context),
  ]
}

/** The check of a window that is reduced anew each time, unless there is a function that undoes the reduction. */
export function checkInvertibleWindow(
  window: Window & { readonly inverse: string | undefined },
  context: CheckContext,
): readonly Diagnostic[] {
  if (window.inverse === undefined) return checkWindow('windowed', window, context)
  return checkReducedWindow(window, context, {
    param: 'inverse',
    hint: 'leave out the inverse function',
    fix: { label: 'Leave out the inverse function', param: 'inverse', value: null },
  })
}

function checkMultiple(
  kind: WindowKind,
  which: 'window' | 'slide',
  durationMs: number,
  parentMs: number,
  node: string,
): readonly Diagnostic[] {
  if (isMultipleOf(durationMs, parentMs)) return []
  const param = `${which}Ms`
  const parent = `the slide duration of parent DStream (${printMs(parentMs)})`
  return [
    problem(
      `window/${which}-not-a-multiple`,
      `The ${which} duration of ${OWNER[kind]} (${printMs(durationMs)}) ${RULE[kind]} ${parent}`,
      {
        node,
        param,
        hint: `The input has new records every ${printMs(parentMs)}: choose a multiple of that.`,
        fixes: multipleFixes(param, durationMs, parentMs),
      },
    ),
  ]
}

function checkGaps(kind: WindowKind, { windowMs, slideMs }: Window, node: string): readonly Diagnostic[] {
  if (slideMs === undefined || slideMs <= windowMs) return []
  const lost = {
    windowed: 'records between two windows are never seen',
    reduced: 'the inverse function cannot take out what was between two windows, so the results are wrong',
  }
  return [
    {
      code: 'window/gap',
      severity: 'warning',
      message: `The window (${printMs(windowMs)}) is shorter than its slide (${printMs(slideMs)}): ${lost[kind]}.`,
      node,
      param: 'windowMs',
      hint: 'Make the window at least as long as the slide.',
      fixes: [{ label: `Use ${printMs(slideMs)}`, param: 'windowMs', value: slideMs }],
    },
  ]
}
