import { invariant } from '#engine/model/invariant.ts'
import { transferablesOf } from '#engine/record/columns.ts'
import type { ExecutorHost } from '#engine/runtime/executor/executor-host.ts'
import { JobFailure } from '#engine/runtime/executor/jobs/step-failure.ts'
import { PackedShipment } from '#engine/runtime/executor/packed/packed-shipment.ts'
import type { Shipment } from '#engine/runtime/executor/rdds/rdd.ts'
import type { ExchangeBlock, FailureReport, PeerMessage } from '#engine/runtime/wire.ts'
import { columnsOf, isPlain, packShipment, refusalOf, unpackShipment } from './pack-shipment.ts'

/** What stays here and what goes to each peer. */
interface Bundle {
  readonly mine: Shipment[]
  readonly theirs: ReadonlyMap<number, readonly ExchangeBlock[]>
}

/** The exchanges of one job. Every executor performs the same ones in the same order. */
export interface JobExchange {
  /** Sends each shipment to the executor that owns its target and gives what arrived for own targets, sorted by target, then origin.
   *  Fails: throws a JobFailure when this executor or any peer failed, or when something to be sent is no record: then `node` is
   *  named. `outcome` a failure is how this executor says that it failed. `node` undefined: what is sent is the engine's own, and is not
   *  looked at. */
  swap(
    outcome: readonly Shipment[] | JobFailure,
    ownerOf: (to: number) => number,
    node: string | undefined,
  ): Promise<readonly Shipment[]>
}

type Peers = ExecutorHost['peers']

/** Which exchange of which job: the same on all executors. */
type ExchangeId = Pick<PeerMessage, 'seq' | 'exchange'>

/** The executor's side of all exchanges with its peers.
 *  In each it sends one message to every peer, also when it has failed: so an exchange either succeeds everywhere or fails everywhere,
 *  and nobody waits for ever. */
export class Exchange {
  private readonly host: ExecutorHost
  private readonly arrived = new Map<string, PeerMessage>()
  private readonly awaited = new Map<string, (message: PeerMessage) => void>()

  constructor(host: ExecutorHost) {
    this.host = host
    host.peers.forEach((port, peer) => {
      port?.listen((data) => this.receive(peer, data as PeerMessage)) // peers run this same code and user code never reaches a port
    })
  }

  /** The exchanges of one order among the first so many executors, in its order. */
  ofJob(seq: number, executors: number): JobExchange {
    const peers = this.host.peers.slice(0, executors)
    let next = 0
    return {
      swap: (outcome, ownerOf, node) =>
        this.swap(
          { seq, exchange: next++ },
          outcome instanceof JobFailure ? outcome : this.bundle(outcome, ownerOf, node),
          peers,
        ),
    }
  }

  private async swap(id: ExchangeId, bundle: Bundle | JobFailure, peers: Peers): Promise<readonly Shipment[]> {
    this.send(id, bundle instanceof JobFailure ? bundle.report : bundle.theirs, peers)
    const messages = await Promise.all(
      peers.map((port, peer) => (port === undefined ? undefined : this.take(peer, id))),
    )
    if (bundle instanceof JobFailure) throw bundle
    const { mine } = bundle
    for (const message of messages) {
      if (message === undefined) continue
      if ('failed' in message) throw new JobFailure(message.failed)
      for (const block of message.blocks) mine.push(unpackShipment(block))
    }
    return mine.sort((a, b) => a.to - b.to || a.from - b.from)
  }

  private bundle(
    shipments: readonly Shipment[],
    ownerOf: (to: number) => number,
    node: string | undefined,
  ): Bundle | JobFailure {
    const mine: Shipment[] = []
    const theirs = new Map<number, ExchangeBlock[]>()
    for (const shipment of shipments) {
      const owner = ownerOf(shipment.to)
      const block = owner === this.host.index ? undefined : packShipment(shipment)
      // Also what stays here must be able to travel, as Spark serializes every shuffle: whether a job fails may not depend on the number of cores.
      const isText = shipment instanceof PackedShipment || (block !== undefined && isPlain(block))
      const mayRefuse = node !== undefined && !isText
      const refused = mayRefuse ? refusalOf(shipment.records, node) : undefined
      if (refused !== undefined) return refused
      if (block === undefined) mine.push(shipment)
      else {
        const blocks = theirs.get(owner)
        if (blocks === undefined) theirs.set(owner, [block])
        else blocks.push(block)
      }
    }
    return { mine, theirs }
  }

  private send(
    id: ExchangeId,
    content: FailureReport | ReadonlyMap<number, readonly ExchangeBlock[]>,
    peers: Peers,
  ): void {
    peers.forEach((port, peer) => {
      if (port === undefined) return
      if ('message' in content) {
        port.post({ kind: 'exchange', ...id, failed: content } satisfies PeerMessage)
        return
      }
      const blocks: readonly ExchangeBlock[] = content.get(peer) ?? []
      port.post(
        { kind: 'exchange', ...id, blocks } satisfies PeerMessage,
        transferablesOf(...blocks.flatMap(columnsOf)),
      )
    })
  }

  private take(peer: number, { seq, exchange }: ExchangeId): Promise<PeerMessage> {
    const key = `${peer}/${seq}/${exchange}`
    const early = this.arrived.get(key)
    if (early === undefined) return new Promise((resolve) => this.awaited.set(key, resolve))
    this.arrived.delete(key)
    return Promise.resolve(early)
  }

  private receive(peer: number, message: PeerMessage): void {
    const key = `${peer}/${message.seq}/${message.exchange}`
    const waiting = this.awaited.get(key)
    invariant(!this.arrived.has(key), 'one message per peer and exchange')
    if (waiting === undefined) this.arrived.set(key, message)
    else {
      this.awaited.delete(key)
      waiting(message)
    }
  }
}
