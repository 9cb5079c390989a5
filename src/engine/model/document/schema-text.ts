// valibot carries one string per problem; ours have a code and a hint too, so they travel inside it.
import * as v from 'valibot'

/** What a schema says of a value that does not fit. */
export interface SchemaText {
  readonly code: string
  readonly message: string
  readonly hint?: string
}

/** The text of a problem, packed for a valibot schema. */
export function say(code: string, message: string, hint?: string): string {
  return JSON.stringify(hint === undefined ? { code, message } : { code, message, hint })
}

/** What `say` packed into an issue. */
export function textOf(issue: v.BaseIssue<unknown>): SchemaText {
  try {
    // Every schema of the document packs its message with `say`; a test reads each of them back.
    return JSON.parse(issue.message) as SchemaText
  } catch {
    return { code: 'pipeline/wrong-value', message: issue.message }
  }
}

/** An object of which unknown keys are kept; `what` begins its messages ("A node").
 *  Fails: pipeline/not-an-object, pipeline/missing-key */
export function objectOf<const E extends v.ObjectEntries>(what: string, entries: E, hint?: string) {
  return exceptArrays(
    v.looseObject(entries, (issue) =>
      // valibot names a missing key, in quotes, as what it expected.
      issue.expected?.startsWith('"')
        ? say('pipeline/missing-key', `${what} has no ${issue.expected}.`, hint)
        : say('pipeline/not-an-object', `${what} must be an object in braces.`, hint),
    ),
  )
}

/** The same schema, but an array is not an object (to valibot it is one without entries). */
export function exceptArrays<S extends v.GenericSchema>(schema: S): S {
  const run: S['~run'] = (dataset, config) =>
    schema['~run'](Array.isArray(dataset.value) ? { value: null } : dataset, config)
  return { ...schema, '~run': run }
}

/** An array of at most `max` items; `what` begins its messages ("nodes"). */
export function listOf<S extends v.GenericSchema>(what: string, item: S, max: number) {
  return v.pipe(
    v.array(item, say('pipeline/not-a-list', `${what} must be a list in brackets.`)),
    v.maxLength(max, say('pipeline/too-many', `${what} may hold at most ${max} entries.`)),
  )
}

/** A text of at most `max` characters; `what` begins its messages ("A note's text"). */
export function textUpTo(what: string, max: number) {
  return v.pipe(
    v.string(say('pipeline/not-a-text', `${what} must be a text in double quotes.`)),
    v.maxLength(max, say('pipeline/too-long', `${what} may be at most ${max} characters long.`)),
  )
}

/** true or false; `what` begins its message. */
export function flag(what: string) {
  return v.boolean(say('pipeline/not-a-flag', `${what} must be true or false.`))
}
