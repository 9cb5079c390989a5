/** Who runs a case: so many executors, all of them always or as many as pay. The first is the base. */
export const RIVALS = [
  { name: 'one executor', executors: 1, adapts: false },
  { name: 'two executors', executors: 2, adapts: false },
  { name: 'adaptive', executors: 2, adapts: true },
] as const

export interface ExecutorsRequest {
  readonly name: string
  readonly rounds: number
  /** By rival, then by executor. */
  readonly ports: readonly MessagePort[][]
}
