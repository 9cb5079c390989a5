import type { Plan } from '#engine/compile/plan.ts'
import type { LogLevel } from '#engine/model/batch-data.ts'
import { framesOf } from '#engine/runtime/executor/jobs/code-frames.ts'
import { printingMethods, silentMethods } from './console-methods.ts'
import { LogPage } from './log-page.ts'

type Print = (...values: unknown[]) => void

/** A console as user functions know it. */
export type UserConsole = Readonly<Record<string, Print>>

/** The consoles of user functions: what they log goes to the page of the job whose turn it is. */
export class LogBook {
  page = new LogPage()
  private isQuiet = false

  /** The console of the shared code. Its `of` gives a function's own one (see functions-module.ts). */
  console(plan: Pick<Plan, 'functions' | 'prelude' | 'outputs'>): UserConsole {
    const bodies = new Set(plan.outputs.flatMap(({ action }) => (action.kind === 'foreachRDD' ? [action.fn.name] : [])))
    const places = new Map(plan.functions.map(({ name, node, param }) => [name, { node, ...(param && { param }) }]))
    const shared = {}
    const of = (name: string): UserConsole => {
      // Whatever user code asks for, there are as many places as functions.
      const place = places.get(name) ?? shared
      return Object.freeze(
        bodies.has(name)
          ? makeConsole((_level, values) => this.page.write(values))
          : makeConsole((level, values) => {
              if (!this.isQuiet) this.page.log(place, level, values, () => framesOf(new Error(), plan))
            }),
      )
    }
    const console = makeConsole((level, values) => {
      if (this.page.isOfBody) this.page.write(values)
      else if (!this.isQuiet) this.page.log(shared, level, values, () => framesOf(new Error(), plan))
    })
    return Object.freeze(Object.defineProperty(console, 'of', { value: of, enumerable: false }))
  }

  /** Has functions called once more without that they are heard again. */
  quietly<T>(again: () => T): T {
    this.isQuiet = true
    try {
      return again()
    } finally {
      this.isQuiet = false
    }
  }
}

function makeConsole(print: (level: LogLevel, values: readonly unknown[]) => void): Record<string, Print> {
  const console: Record<string, Print> = {}
  for (const [name, level] of Object.entries(printingMethods)) console[name] = (...values) => print(level, values)
  for (const name of silentMethods) console[name] = () => {}
  return console
}
