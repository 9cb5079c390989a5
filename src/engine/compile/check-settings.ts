import { findClosestName } from '#engine/model/closest-name.ts'
import { type Diagnostic, problem } from '#engine/model/diagnostic.ts'
import type { Settings } from '#engine/model/pipeline.ts'
import { createRateEstimator } from '#engine/runtime/driver/rate/rate-estimator.ts'
import { checkSharedVariables } from './check-shared-variables.ts'
import { booleanOf, confParsers } from './conf.ts'
import { type ConfEntry, type ConfType, supportedConf } from './supported-conf.ts'

/** Keys that only the estimator reads, and only while back-pressure is on. */
const OF_ESTIMATOR = /^spark\.streaming\.backpressure\.(rateEstimator$|pid\.)/

const DIRECTORY = 'spark.streaming.checkpoint.directory'

/** Settings that the document's own form cannot rule out.
 *  Fails:  settings/conf-value, settings/rate-estimator, settings/pid, settings/no-effect, and those of checkSharedVariables. Of an estimator that is not used, only a warning
 *  Source: SparkConf's typed getters, and what their readers require */
export function checkSettings(settings: Settings): Diagnostic[] {
  const { conf, batchMs } = settings
  const problems = supportedConf.flatMap((entry) => checkValue(entry, conf[entry.key]))
  const estimator = createRateEstimator(conf, batchMs)
  if (!estimator.ok) problems.push(...estimator.error)
  problems.push(...checkSharedVariables(settings), ...checkDirectory(conf), ...checkNames(conf))
  if (booleanOf(conf, 'spark.streaming.backpressure.enabled')) return problems
  return problems.map((each) =>
    OF_ESTIMATOR.test(String(each.path?.at(-1))) ? { ...each, severity: 'warning' as const } : each,
  )
}

/** Spark takes this key for a call of StreamingContext.checkpoint. */
function checkDirectory(conf: Settings['conf']): Diagnostic[] {
  if (conf[DIRECTORY] === undefined) return []
  return [noEffect(DIRECTORY, 'checkpointing is switched on by its own setting', 'Use the setting checkpoint instead.')]
}

const OUR_KEYS = /^(?:sluice|spark\.streaming)\./

/** Keys that were probably meant to be others. Spark has more than have a meaning here: only what begins with our own name is surely wrong. */
function checkNames(conf: Settings['conf']): Diagnostic[] {
  const known = new Set<string>([...supportedConf.map(({ key }) => key), DIRECTORY])
  return Object.keys(conf)
    .filter((key) => OUR_KEYS.test(key) && !known.has(key))
    .flatMap((key) => {
      const closest = findClosestName(key, known)
      if (closest === undefined && key.startsWith('spark.')) return []
      const hint = closest === undefined ? 'Remove it, or choose one of the list.' : `Did you mean ${closest}?`
      return [noEffect(key, 'no setting has this name', hint)]
    })
}

function noEffect(key: string, why: string, hint: string): Diagnostic {
  const path = ['settings', 'conf', key]
  return { ...problem('settings/no-effect', `${key} has no effect: ${why}.`, { path, hint }), severity: 'warning' }
}

function checkValue(entry: ConfEntry, given: string | number | boolean | undefined): Diagnostic[] {
  if (given === undefined) return []
  const value = confParsers[entry.type](given)
  const path = ['settings', 'conf', entry.key]
  const { least = Number.NEGATIVE_INFINITY, most = Number.POSITIVE_INFINITY } = entry
  const inRange = typeof value !== 'number' || (value >= least && value <= most)
  if (value !== undefined && inRange) return []
  const refusal = inRange || entry.refusal === undefined ? '' : ` Spark says: ${entry.refusal}.`
  return [
    problem('settings/conf-value', `${entry.key} is ${JSON.stringify(given)}.${refusal}`, {
      path,
      hint: hintOf(entry),
    }),
  ]
}

const forms: Readonly<Record<ConfType, string>> = {
  boolean: 'true or false',
  whole: 'a whole number',
  decimal: 'a number',
  duration: 'a duration such as 200ms, 2s or 1min',
  memory: 'an amount of memory such as 512m or 2g',
  name: 'a name',
}

function hintOf(entry: ConfEntry): string {
  return `Give ${forms[entry.type]}${rangeOf(entry)}, or leave the key out for the default: ${entry.default}.`
}

function rangeOf({ type, least, most }: ConfEntry): string {
  if (least === undefined) return ''
  if (type === 'memory') return ', of at least 1k'
  if (type === 'duration') return least > 0 ? ', above 0' : ', not below 0'
  return most === undefined ? ` of at least ${least}` : ` from ${least} to ${most}`
}
