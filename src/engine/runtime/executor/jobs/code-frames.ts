import { findInFunctions, IN_FUNCTIONS } from '#engine/compile/functions-module.ts'
import type { Plan } from '#engine/compile/plan.ts'
import type { CodeFrame } from '#engine/model/batch-data.ts'

const MAX_FRAMES = 8
const MAX_STACK = 8_000
const MAX_NAME = 100

/** The calls in the user's own text that led to a thrown value, the innermost first. Never throws, whatever was thrown: its stack
 *  may be anything that the user's code has made of it, and is read as text. */
export function framesOf(
  thrown: unknown,
  { prelude, functions }: Pick<Plan, 'prelude' | 'functions'>,
): readonly CodeFrame[] {
  const frames: CodeFrame[] = []
  for (const { name, line: moduleLine, column } of callsOf(thrown, IN_FUNCTIONS)) {
    const found = findInFunctions(prelude, functions, moduleLine)
    if (found === undefined) continue
    const { fn, line } = found
    // What the engine itself adds to a plan is no place that a person could look at.
    if (fn !== undefined && fn.param === undefined) continue
    frames.push({
      ...(fn === undefined ? {} : { node: fn.node, ...(fn.param === undefined ? {} : { param: fn.param }) }),
      ...(name === undefined || name === fn?.name ? {} : { name }),
      line,
      column,
    })
    if (frames.length === MAX_FRAMES) break
  }
  return frames
}

/** A call in a module of ours: line and column from 1. */
export interface ModuleCall {
  readonly name?: string
  readonly line: number
  readonly column: number
}

/** The calls in a module that led to a thrown value, the innermost first. `place` finds line and column of that module in a line of a stack. Never throws. */
export function callsOf(thrown: unknown, place: RegExp): readonly ModuleCall[] {
  return callsIn(stackOf(thrown)).flatMap((call) => {
    const match = place.exec(call)
    const name = nameOf(call)
    if (match === null) return []
    return [{ ...(name === undefined ? {} : { name }), line: Number(match[1]), column: Number(match[2]) }]
  })
}

/** The lines of a stack that tell calls: V8 says `at name (place)`, others `name@place`. A message's own lines come before. */
function callsIn(stack: string): readonly string[] {
  return stack.split('\n').filter((line) => /^\s*at |@/.test(line))
}

/** `at Object.name [as other] (place)`, `at async new Name (place)`, `name@place`. */
function nameOf(call: string): string | undefined {
  const written =
    /^\s*at (?:async )?(?:new )?(.+?)(?: \[as [^\]]*\])? \(/.exec(call)?.[1] ?? /^([^@]+)@/.exec(call)?.[1]
  const name = written?.replace(/^(?:Object|Module)\./, '')
  return name === undefined || name.includes('<anonymous>') ? undefined : name.slice(0, MAX_NAME)
}

function stackOf(thrown: unknown): string {
  try {
    if (typeof thrown !== 'object' || thrown === null || !('stack' in thrown)) return ''
    const { stack } = thrown
    if (typeof stack !== 'string') return ''
    // The message stands in front, and may look like calls.
    const message = 'message' in thrown && typeof thrown.message === 'string' ? thrown.message : ''
    const start = message === '' ? -1 : stack.indexOf(message)
    const calls = start < 0 ? stack : stack.slice(start + message.length)
    return calls.slice(0, MAX_STACK)
  } catch {
    return ''
  }
}
