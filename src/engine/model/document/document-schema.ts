// The one definition of the document: the parser, the order of keys when printing and public/pipeline.schema.json come from it.
import * as v from 'valibot'
import { IDENTIFIER, isIdentifier, nearestIdentifier } from '#engine/model/fresh-id.ts'
import type { Json } from '#engine/model/json.ts'
import * as limits from '#engine/model/limits.ts'
import { MASTER_HINT, MASTER_MESSAGE, parseMaster } from '#engine/model/master.ts'
import {
  type AccumulatorSetting,
  type BroadcastSetting,
  type Edge,
  FORMAT,
  type Group,
  type Note,
  type Pipeline,
  type PipelineNode,
  type Point,
  type Settings,
} from '#engine/model/pipeline.ts'
import { exceptArrays, flag, listOf, objectOf, say, textUpTo } from './schema-text.ts'

/** A schema for each key of T, no more and no fewer. */
type EntriesOf<T> = Record<keyof T, v.GenericSchema>

// parseJson has walked the whole document before, so that anything inside it is JSON.
const json = v.unknown() as v.GenericSchema<unknown, Json>

function identifier(what: string) {
  const text = (issue: v.BaseIssue<unknown>) =>
    say(
      'pipeline/bad-identifier',
      `${what} must begin with a letter or _ and go on with letters, digits and _, ${limits.MAX_IDENTIFIER_LENGTH} characters at most.`,
      `Use ${nearestIdentifier(typeof issue.input === 'string' ? issue.input.slice(0, 200) : '')}.`,
    )
  return v.pipe(
    v.string(text),
    v.maxLength(limits.MAX_IDENTIFIER_LENGTH, text),
    v.regex(IDENTIFIER, text),
    v.check(isIdentifier, text),
  )
}

function label(what: string) {
  return v.pipe(textUpTo(what, limits.MAX_IDENTIFIER_LENGTH), v.nonEmpty(say('pipeline/empty', `${what} is empty.`)))
}

function coordinate(what: string) {
  const text = say('pipeline/coordinate', `${what} must be a number of canvas units.`, 'Use 0.')
  return v.pipe(v.number(text), v.minValue(-limits.MAX_COORDINATE, text), v.maxValue(limits.MAX_COORDINATE, text))
}

function couple(key: string, hint: string) {
  const text = say('pipeline/not-a-couple', `${key} must be a list of two numbers.`, hint)
  return v.strictTuple([coordinate(`${key}[0]`), coordinate(`${key}[1]`)], text)
}

const at = v.pipe(couple('at', 'Use [0, 0].'), v.description('[x, y] on the canvas'))

/** A place on the canvas. */
export const pointSchema: v.GenericSchema<unknown, Point> = at

const batchMsText = say(
  'pipeline/batch-ms',
  `batchMs must be a whole number of milliseconds, at least ${limits.MIN_BATCH_MS} and at most ${limits.MAX_BATCH_MS}.`,
  'Use 1000 for one second.',
)
const seedText = say('pipeline/seed', 'seed must be a whole number.', 'Use 1.')
const masterText = say('pipeline/master', MASTER_MESSAGE, MASTER_HINT)
const confText = say(
  'pipeline/conf-value',
  'A value in conf must be a text, a number, true or false, as Spark spells it.',
  'For example: "spark.streaming.blockInterval": "200ms".',
)

const accumulatorEntries = {
  name: identifier("An accumulator's name"),
  initial: v.optional(json, 0),
  lazy: v.optional(flag('lazy'), false),
} satisfies EntriesOf<AccumulatorSetting>

const broadcastEntries = {
  name: identifier("A broadcast's name"),
  value: json,
  lazy: v.optional(flag('lazy'), false),
} satisfies EntriesOf<BroadcastSetting>

const settingsEntries = {
  batchMs: v.pipe(
    v.optional(
      v.pipe(
        v.number(batchMsText),
        v.integer(batchMsText),
        v.minValue(limits.MIN_BATCH_MS, batchMsText),
        v.maxValue(limits.MAX_BATCH_MS, batchMsText),
      ),
      1000,
    ),
    v.description('The batch duration in milliseconds'),
  ),
  master: v.pipe(
    v.optional(
      v.pipe(v.string(masterText), v.regex(/^local(\[(\*|[0-9]+)\])?$/, masterText), v.check(isMaster, masterText)),
      'local[2]',
    ),
    v.description('local, local[n] or local[*]'),
  ),
  checkpoint: v.pipe(v.optional(flag('checkpoint'), true), v.description('Whether a checkpoint directory is set')),
  seed: v.pipe(
    v.optional(v.pipe(v.number(seedText), v.safeInteger(seedText)), 1),
    v.description('Seeds everything random in a run'),
  ),
  conf: v.pipe(
    v.optional(
      v.pipe(
        exceptArrays(
          v.record(
            textUpTo('A key in conf', limits.MAX_CONF_LENGTH),
            v.union([textUpTo('A value in conf', limits.MAX_CONF_LENGTH), v.number(), v.boolean()], confText),
            say('pipeline/not-an-object', 'conf must be an object in braces.', 'Use {}.'),
          ),
        ),
        v.maxEntries(
          limits.MAX_CONF_KEYS,
          say('pipeline/too-many', `conf may hold at most ${limits.MAX_CONF_KEYS} keys.`),
        ),
      ),
      {},
    ),
    v.description("Spark's own configuration keys"),
  ),
  prelude: v.exactOptional(
    v.pipe(
      textUpTo('prelude', limits.MAX_PRELUDE_LENGTH),
      v.description('JavaScript declarations that all functions share'),
    ),
  ),
  accumulators: v.exactOptional(
    listOf('accumulators', objectOf('An accumulator', accumulatorEntries), limits.MAX_SHARED_VARIABLES),
  ),
  broadcasts: v.exactOptional(
    listOf('broadcasts', objectOf('A broadcast', broadcastEntries), limits.MAX_SHARED_VARIABLES),
  ),
} satisfies EntriesOf<Settings>

const paramsSchema = v.pipe(
  exceptArrays(
    v.record(
      v.string(),
      v.pipe(
        json,
        v.check(
          isShortText,
          say('pipeline/too-long', `A text parameter may be at most ${limits.MAX_PARAM_LENGTH} characters long.`),
        ),
      ),
      say('pipeline/not-an-object', 'params must be an object in braces.', 'Use {}.'),
    ),
  ),
  v.maxEntries(limits.MAX_PARAMS, say('pipeline/too-many', `params may hold at most ${limits.MAX_PARAMS} keys.`)),
)

const nodeEntries = {
  id: v.pipe(identifier('An id'), v.description('Unique; the name on the canvas and in exported code')),
  op: v.pipe(identifier('The name of an operator'), v.description("The operator, by Spark's name")),
  params: v.optional(paramsSchema, {}),
  at: v.optional(at, [0, 0]),
  note: v.exactOptional(textUpTo("A node's note", limits.MAX_TEXT_LENGTH)),
  disabled: v.exactOptional(flag('disabled')),
} satisfies EntriesOf<PipelineNode>

const edgeEntries = {
  from: identifier('from'),
  to: identifier('to'),
  port: v.exactOptional(v.pipe(identifier('port'), v.description('Absent: in. The second input is other'))),
} satisfies EntriesOf<Edge>

const noteEntries = {
  id: label("A note's id"),
  text: textUpTo("A note's text", limits.MAX_TEXT_LENGTH),
  at: v.optional(at, [0, 0]),
  size: v.optional(v.pipe(couple('size', 'Use [240, 120].'), v.description('[width, height]')), [240, 120]),
} satisfies EntriesOf<Note>

const groupEntries = {
  id: label("A group's id"),
  title: v.optional(textUpTo("A group's title", limits.MAX_TITLE_LENGTH), ''),
  nodes: listOf('nodes of a group', identifier('The id of a node'), limits.MAX_NODES),
} satisfies EntriesOf<Group>

// The schema of each thing a document is made of; edits check what they bring in against them.

/** The settings, every key optional. */
export const settingsSchema: v.GenericSchema<unknown, Settings> = objectOf('settings', settingsEntries)
/** One node. */
export const nodeSchema: v.GenericSchema<unknown, PipelineNode> = objectOf(
  'A node',
  nodeEntries,
  'For example: { "id": "words", "op": "flatMap" }.',
)
/** One edge. */
export const edgeSchema: v.GenericSchema<unknown, Edge> = objectOf(
  'An edge',
  edgeEntries,
  'For example: { "from": "lines", "to": "words" }.',
)
/** One note on the canvas. */
export const noteSchema: v.GenericSchema<unknown, Note> = objectOf('A note', noteEntries)
/** One group. */
export const groupSchema: v.GenericSchema<unknown, Group> = objectOf('A group', groupEntries)
/** The pipeline's name. */
export const nameSchema: v.GenericSchema<unknown, string> = textUpTo('name', limits.MAX_TITLE_LENGTH)
/** The pipeline's description. */
export const descriptionSchema: v.GenericSchema<unknown, string> = textUpTo('description', limits.MAX_TEXT_LENGTH)

const pipelineEntries = {
  format: v.literal(FORMAT),
  name: v.optional(nameSchema, 'Untitled'),
  description: v.optional(descriptionSchema, ''),
  settings: v.optional(settingsSchema, {}),
  nodes: listOf('nodes', nodeSchema, limits.MAX_NODES),
  edges: v.optional(listOf('edges', edgeSchema, limits.MAX_EDGES), []),
  notes: v.optional(listOf('notes', noteSchema, limits.MAX_NOTES), []),
  groups: v.optional(listOf('groups', groupSchema, limits.MAX_GROUPS), []),
} satisfies EntriesOf<Pipeline>

/** The whole document, after migration to this format. */
export const pipelineSchema: v.GenericSchema<unknown, Pipeline> = objectOf(
  'The document',
  pipelineEntries,
  `A document needs "format": "${FORMAT}" and "nodes": [].`,
)

/** The keys of each thing in their order when printed. */
export const keyOrder = {
  pipeline: Object.keys(pipelineEntries),
  settings: Object.keys(settingsEntries),
  accumulator: Object.keys(accumulatorEntries),
  broadcast: Object.keys(broadcastEntries),
  node: Object.keys(nodeEntries),
  edge: Object.keys(edgeEntries),
  note: Object.keys(noteEntries),
  group: Object.keys(groupEntries),
} as const

function isMaster(text: string): boolean {
  return parseMaster(text).ok
}

function isShortText(value: Json): boolean {
  return typeof value !== 'string' || value.length <= limits.MAX_PARAM_LENGTH
}
