import { findClosestName } from '#engine/model/closest-name.ts'
import { type Diagnostic, problem } from '#engine/model/diagnostic.ts'

/** What a command understands: option name → how it is given. */
export type OptionTable = Readonly<Record<string, 'flag' | 'once' | 'repeatable'>>

/** A command line taken apart. A flag has the value ''. */
export interface Words {
  readonly positionals: readonly string[]
  readonly values: ReadonlyMap<string, readonly string[]>
  readonly problems: readonly Diagnostic[]
}

/** Takes a command line apart: `--name value`, `--name=value`, and after `--` only positionals. Goes on past problems, so
 *  that all of them can be told at once. */
export function splitWords(args: readonly string[], table: OptionTable): Words {
  const positionals: string[] = []
  const values = new Map<string, string[]>()
  const problems: Diagnostic[] = []
  for (let i = 0; i < args.length; i++) {
    const word = args[i] ?? ''
    if (word === '--') {
      positionals.push(...args.slice(i + 1))
      break
    }
    if (!word.startsWith('-') || word === '-') {
      positionals.push(word)
      continue
    }
    const equals = word.indexOf('=')
    const name = equals === -1 ? word : word.slice(0, equals)
    const kind = Object.hasOwn(table, name) ? table[name] : undefined
    if (kind === undefined) {
      problems.push(unknownOption(name, table))
      continue
    }
    let value = equals === -1 ? undefined : word.slice(equals + 1)
    if (kind === 'flag') {
      if (value !== undefined) problems.push(problem('cli/option-value', `${name} takes no value.`))
      value = ''
    } else if (value === undefined) {
      value = args[i + 1]
      // A value that begins with a dash is written --name=value, so that a forgotten value is noticed.
      if (!isValue(value)) {
        problems.push(problem('cli/option-value', `${name} needs a value.`, { hint: 'See: sluice --help' }))
        continue
      }
      i++
    }
    const given = values.get(name) ?? []
    if (kind === 'once' && given.length > 0)
      problems.push(problem('cli/option-repeated', `${name} is given more than once.`))
    values.set(name, [...given, value ?? ''])
  }
  return { positionals, values, problems }
}

function isValue(word: string | undefined): boolean {
  return word !== undefined && (word === '-' || !word.startsWith('-') || /^-\d/.test(word))
}

function unknownOption(name: string, table: OptionTable): Diagnostic {
  const closest = findClosestName(name, Object.keys(table))
  const hint = closest === undefined ? 'See: sluice --help' : `Did you mean ${closest}?`
  return problem('cli/unknown-option', `There is no option ${name}.`, { hint })
}
