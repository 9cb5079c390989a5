/** One output that sends to a server. */
export interface SinkState {
  readonly node: string
  /** `refused`: never got a connection; `lost`: had one. Both are tried again. */
  readonly state: 'connecting' | 'open' | 'refused' | 'lost' | 'stopped'
  readonly address: string
  /** Messages handed over since the start, those sent again included. */
  readonly messages: number
  /** Messages of the batch being sent that have not been handed over. */
  readonly waiting: number
  readonly lastError?: string
  /** Wall ms of the next try. */
  readonly retryAtMs?: number
}
