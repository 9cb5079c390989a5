import { invariant } from '#engine/model/invariant.ts'
import type { Conf } from '#engine/model/pipeline.ts'
import { type ConfKey, type ConfType, supportedConf } from './supported-conf.ts'

type ConfValue = Conf[string]

/** Spark's booleans: true or false, in any case. */
export function parseBoolean(value: ConfValue): boolean | undefined {
  const match = /^(true|false)$/i.exec(String(value))
  return match === null ? undefined : match[0].toLowerCase() === 'true'
}

/** A whole number as Java's Long reads it; large ones lose their last digits. */
export function parseWhole(value: ConfValue): number | undefined {
  return /^[+-]?\d+$/.test(String(value)) ? Number(value) : undefined
}

/** A number as Java's Double reads it, infinities and NaN left out. */
export function parseDecimal(value: ConfValue): number | undefined {
  const text = String(value).trim()
  const match = /^([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)[fd]?$/i.exec(text)
  const number = Number(match?.[1] ?? Number.NaN)
  return Number.isFinite(number) ? number : undefined
}

const unitsMs: ReadonlyMap<string, number> = new Map([
  ['us', 0.001],
  ['ms', 1],
  ['s', 1_000],
  ['m', 60_000],
  ['min', 60_000],
  ['h', 3_600_000],
  ['d', 86_400_000],
])

/** Spark's durations in whole ms: a number of ms, or a text such as `200ms`, `2s`, `1min`; what is left of a ms is dropped.
 *  Source: JavaUtils.timeStringAs */
export function parseDurationMs(value: ConfValue): number | undefined {
  const match = /^(-?\d+)([a-z]+)?$/.exec(String(value).trim().toLowerCase())
  const unitMs = unitsMs.get(match?.[2] ?? 'ms')
  return match === null || unitMs === undefined ? undefined : Math.trunc(Number(match[1]) * unitMs)
}

const unitBytes: ReadonlyMap<string, number> = new Map(
  ['b', 'k', 'm', 'g', 't', 'p'].flatMap((unit, power): [string, number][] => [
    [unit, 1024 ** power],
    [`${unit === 'b' ? '' : unit}b`, 1024 ** power],
  ]),
)

/** Spark's sizes in bytes: a number of MiB, or a text such as `512m`, `2g`.
 *  Source: JavaUtils.byteStringAs with the default unit of spark.executor.memory */
export function parseMemoryBytes(value: ConfValue): number | undefined {
  const match = /^(\d+)([a-z]+)?$/.exec(String(value).trim().toLowerCase())
  const unit = unitBytes.get(match?.[2] ?? 'm')
  return match === null || unit === undefined ? undefined : Number(match[1]) * unit
}

/** What each type of value is read with. */
export const confParsers: Readonly<Record<ConfType, (value: ConfValue) => boolean | number | string | undefined>> = {
  boolean: parseBoolean,
  whole: parseWhole,
  decimal: parseDecimal,
  duration: parseDurationMs,
  memory: parseMemoryBytes,
  name: String,
}

// A value that cannot be read counts as absent below: check-settings.ts keeps such documents from running.

export function booleanOf(conf: Conf, key: ConfKey): boolean {
  return read(conf, key, parseBoolean)
}

export function wholeOf(conf: Conf, key: ConfKey, fallback?: number): number {
  return read(conf, key, parseWhole, fallback)
}

export function decimalOf(conf: Conf, key: ConfKey): number {
  return read(conf, key, parseDecimal)
}

/** In ms. */
export function durationOf(conf: Conf, key: ConfKey, fallbackMs?: number): number {
  return read(conf, key, parseDurationMs, fallbackMs)
}

/** In bytes. */
export function memoryOf(conf: Conf, key: ConfKey): number {
  return read(conf, key, parseMemoryBytes)
}

export function nameOf(conf: Conf, key: ConfKey): string {
  return read(conf, key, String)
}

function read<T>(conf: Conf, key: ConfKey, parse: (value: ConfValue) => T | undefined, fallback?: T): T {
  const given = conf[key]
  const value = (given === undefined ? undefined : parse(given)) ?? fallback ?? parse(defaultOf(key))
  invariant(value !== undefined, `${key} has a default`)
  return value
}

function defaultOf(key: ConfKey): string {
  const entry = supportedConf.find((each) => each.key === key)
  invariant(entry !== undefined, `${key} is supported`)
  return entry.default
}
