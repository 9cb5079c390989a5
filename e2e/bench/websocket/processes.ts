import { readFile } from 'node:fs/promises'
import type { CdpConnection } from './cdp-connection.ts'

export interface Process {
  readonly id: number
  /** As Chromium calls it: browser, renderer, utility… */
  readonly type: string
  /** Seconds of processor time since it began. */
  readonly cpuS: number
  /** Resident memory, MB. */
  readonly residentMB: number
}

/** The browser's processes. */
export async function readProcesses(cdp: CdpConnection): Promise<readonly Process[]> {
  const { processInfo } = await cdp.ask<{ processInfo: readonly Info[] }>('SystemInfo.getProcessInfo')
  return await Promise.all(
    processInfo.map(async ({ id, type, cpuTime }) => ({ id, type, cpuS: cpuTime, residentMB: await residentOf(id) })),
  )
}

interface Info {
  readonly id: number
  readonly type: string
  readonly cpuTime: number
}

/** Seconds of processor time that each process used between two looks, in order of how much. */
export function usedBetween(
  before: readonly Process[],
  after: readonly Process[],
): readonly { name: string; cpuS: number }[] {
  const used = after.map(({ id, type, cpuS }) => ({
    name: /NetworkService/.test(type) ? 'network' : type,
    cpuS: cpuS - (before.find((each) => each.id === id)?.cpuS ?? 0),
  }))
  return used.sort((a, b) => b.cpuS - a.cpuS)
}

/** 0 for a process that has ended, and where the system does not say. */
async function residentOf(id: number): Promise<number> {
  const status = await readFile(`/proc/${id}/status`, 'utf8').catch(() => '')
  return Math.round(Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) / 1024)
}
