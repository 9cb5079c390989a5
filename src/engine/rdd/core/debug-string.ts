import type { RddCore } from './rdd-core.ts'

/** `MapPartitionsRDD[3] at map`, as Spark prints an RDD; the method stands for the place in the code. */
export function printRdd(core: RddCore): string {
  return `${core.kind}[${core.id}] at ${core.operation}`
}

/** The lineage: one line per RDD with its number of partitions, indented behind every shuffle.
 *  Source: RDD.toDebugString */
export function debugString(core: RddCore): string {
  const count = `(${core.count})`
  const offset = ' '.repeat(Math.floor((count.length - 1) / 2))
  const bar = `${offset}|${' '.repeat(count.length - offset.length)}`
  return [`${count} ${line(core)}`, ...parents(core, bar)].join('\n')
}

function line(core: RddCore): string {
  return `${printRdd(core)} [${core.isPersisted ? 'Memory Deserialized 1x Replicated' : ''}]`
}

function parents(core: RddCore, prefix: string): string[] {
  return core.dependencies.flatMap(({ parent, isShuffle }, index) => {
    if (!isShuffle) return [prefix + line(parent), ...parents(parent, prefix)]
    const outer = prefix.replace(/\|\s+$/, '')
    const count = `(${parent.count})`
    const offset = ' '.repeat(Math.floor((count.length - 1) / 2))
    const isLast = index === core.dependencies.length - 1
    const inner = `${outer}${isLast ? '  ' : '| '}${offset}|${' '.repeat(count.length - offset.length)}`
    return [`${outer}+-${count} ${line(parent)}`, ...parents(parent, inner)]
  })
}
