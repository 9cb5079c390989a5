// Takes the executor's place in the real sandbox, and runs whole engines and their rivals in its hardened realm.
import type { ExecutorHost } from '#engine/runtime/executor/executor-host.ts'
import type { BenchHost } from './case.ts'
import { cases } from './cases.ts'
import { compare, type Measurement, randomOf } from './paired.ts'
import { pollute } from './pollute.ts'

export type KernelRequest =
  | { readonly kind: 'turn'; readonly id: number }
  | { readonly kind: 'pollute'; readonly id: number }
  | {
      readonly kind: 'measure'
      readonly id: number
      readonly name: string
      readonly rounds: number
      readonly seed: number
      /** The first variant is always there; without this all are. */
      readonly variants?: readonly string[]
    }

export interface CaseResult {
  readonly title: string
  readonly records: number
  readonly measurements: readonly Measurement[]
  readonly noise: number
  readonly rounds: number
}

export type KernelAnswer =
  /** Asks for a turn of the event loop: the page says `turn` with the same number. */
  | { readonly kind: 'turn'; readonly id: number }
  | { readonly kind: 'answer'; readonly id: number; readonly ok: true; readonly value: CaseResult | undefined }
  | { readonly kind: 'answer'; readonly id: number; readonly ok: false; readonly error: string }

export function startExecutor(host: ExecutorHost): void {
  const turns = new Map<number, () => void>()
  let turn = 0
  const post = (answer: KernelAnswer): void => host.driver.post(answer)
  const nextTurn = (): Promise<void> =>
    new Promise((resolve) => {
      turn += 1
      turns.set(turn, resolve)
      post({ kind: 'turn', id: turn })
    })

  async function answer(request: Exclude<KernelRequest, { kind: 'turn' }>): Promise<CaseResult | undefined> {
    if (request.kind === 'pollute') {
      await pollute({ importModule: host.importModule, now: host.now })
      return undefined
    }
    const entry = cases[request.name]
    if (entry === undefined) throw new Error(`there is no case ${request.name}`)
    const { title, records, variants } = await entry.open(platformOf(host))
    const platform = { now: () => host.now(), turn: nextTurn, random: randomOf(request.seed) }
    const [base, ...others] = variants
    const wanted = others.filter(({ name }) => request.variants?.includes(name) !== false)
    return { title, records, ...(await compare([base, ...wanted], request.rounds, platform)) }
  }

  host.driver.listen((data) => {
    const request = data as KernelRequest // the bench's own page sends nothing else
    if (request.kind === 'turn') {
      turns.get(request.id)?.()
      turns.delete(request.id)
      return
    }
    answer(request).then(
      (value) => post({ kind: 'answer', id: request.id, ok: true, value }),
      (error) => post({ kind: 'answer', id: request.id, ok: false, error: String(error?.stack ?? error) }),
    )
  })
}

/** Without the ports: engines of their own would take them. */
function platformOf({ importModule, now, encode }: ExecutorHost): BenchHost {
  return { importModule, now, ...(encode === undefined ? {} : { encode }) }
}
