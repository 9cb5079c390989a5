import { type ReactNode, useState } from 'react'
import type { FaultTargets } from '#engine/model/fault.ts'
import { ok, type Result } from '#engine/model/result.ts'
import { printDuration } from '#ui/print/duration.ts'
import { useServices } from '#ui/services.ts'
import { useWords } from '#ui/words/words.ts'
import { Choice, FaultRow } from './FaultRow.tsx'
import styles from './FaultsPanel.module.css'

export type Act = (what: string, doIt: () => Promise<Result<void, string>> | undefined) => Promise<void>

export interface FaultRowsProps {
  /** Undefined while they are not known. */
  readonly targets: FaultTargets | undefined
  /** Why nothing can be struck at all. */
  readonly whyNot: string | undefined
  readonly act: Act
}

export function FaultRows(props: FaultRowsProps): ReactNode {
  return (
    <ul className={styles.rows}>
      <ExecutorRow {...props} />
      <DriverRow {...props} />
      <ConnectionRow {...props} />
      <DuplicatesRow {...props} />
      <CorruptionRow {...props} />
      <QuotaRow {...props} />
      <SlowRow {...props} />
      <ReloadRow {...props} />
    </ul>
  )
}

const numbers = (count: number): string[] => Array.from({ length: count }, (_, index) => String(index))
const done = (doIt: () => void): Promise<Result<void, string>> => {
  doIt()
  return Promise.resolve(ok(undefined))
}

function ExecutorRow({ targets, whyNot, act }: FaultRowsProps): ReactNode {
  const t = useWords()
  const { client } = useServices()
  const [chosen, choose] = useState('0')
  const executors = targets?.executors ?? 0
  const none = targets !== undefined && executors === 0 ? t('faults.noExecutors') : undefined
  return (
    <FaultRow
      title={t('faults.executor')}
      more={t('faults.executorMore')}
      button={t('faults.kill')}
      whyNot={whyNot ?? none}
      onDo={() => void act(t('faults.executor'), () => client.faults.killExecutor(Number(chosen)))}
    >
      <Choice label={t('faults.executorWhich')} values={numbers(executors)} chosen={chosen} onChoose={choose} />
    </FaultRow>
  )
}

function DriverRow({ targets, whyNot, act }: FaultRowsProps): ReactNode {
  const t = useWords()
  const { client } = useServices()
  return (
    <FaultRow
      title={t('faults.driver')}
      more={t(targets?.checkpointing === false ? 'faults.driverNoCheckpoint' : 'faults.driverMore')}
      button={t('faults.kill')}
      whyNot={whyNot}
      onDo={() => void act(t('faults.driver'), () => done(() => client.faults.killDriver()))}
    />
  )
}

function ConnectionRow({ targets, whyNot, act }: FaultRowsProps): ReactNode {
  const t = useWords()
  const { client } = useServices()
  const nodes = (targets?.receivers ?? []).filter(({ connected }) => connected).map(({ node }) => node)
  const [chosen, choose] = useChoice(nodes)
  const none = targets !== undefined && nodes.length === 0 ? t('faults.noConnection') : undefined
  return (
    <FaultRow
      title={t('faults.connection')}
      more={t('faults.connectionMore')}
      button={t('faults.cut')}
      whyNot={whyNot ?? none}
      onDo={() => void act(t('faults.connection'), () => client.faults.strike({ kind: 'connection', node: chosen }))}
    >
      <Choice label={t('faults.receiverWhich')} values={nodes} chosen={chosen} onChoose={choose} />
    </FaultRow>
  )
}

function DuplicatesRow({ targets, whyNot, act }: FaultRowsProps): ReactNode {
  const t = useWords()
  const { client } = useServices()
  const nodes = (targets?.receivers ?? []).filter(({ recent }) => recent > 0).map(({ node }) => node)
  const [chosen, choose] = useChoice(nodes)
  const [count, setCount] = useState('10')
  const none = targets !== undefined && nodes.length === 0 ? t('faults.noRecords') : undefined
  const deliver = () => client.faults.strike({ kind: 'duplicates', node: chosen, records: Number(count) })
  return (
    <FaultRow
      title={t('faults.duplicates')}
      more={t('faults.duplicatesMore')}
      button={t('faults.deliver')}
      whyNot={whyNot ?? none}
      onDo={() => void act(t('faults.duplicates'), deliver)}
    >
      <Choice label={t('faults.receiverWhich')} values={nodes} chosen={chosen} onChoose={choose} />
      <Choice label={t('faults.howMany')} values={['1', '10', '100']} chosen={count} onChoose={setCount} />
    </FaultRow>
  )
}

function CorruptionRow({ targets, whyNot, act }: FaultRowsProps): ReactNode {
  const t = useWords()
  const { client } = useServices()
  const [what, choose] = useState<'metadata' | 'state'>('metadata')
  const none = targets?.checkpointing === false ? t('faults.noCheckpoint') : undefined
  return (
    <FaultRow
      title={t('faults.corruption')}
      more={t('faults.corruptionMore')}
      button={t('faults.damage')}
      whyNot={whyNot ?? none}
      onDo={() => void act(t('faults.corruption'), () => client.faults.corruptAndKill(what))}
    >
      <Choice
        label={t('faults.what')}
        values={['metadata', 'state']}
        chosen={what}
        print={(value) => t(value === 'state' ? 'faults.what.state' : 'faults.what.metadata')}
        onChoose={(value) => choose(value === 'state' ? 'state' : 'metadata')}
      />
    </FaultRow>
  )
}

function QuotaRow({ targets, whyNot, act }: FaultRowsProps): ReactNode {
  const t = useWords()
  const { client } = useServices()
  const none = targets?.checkpointing === false ? t('faults.noCheckpoint') : undefined
  const full = targets?.full === true
  return (
    <FaultRow
      title={t('faults.quota')}
      more={t('faults.quotaMore')}
      button={t(full ? 'faults.free' : 'faults.fill')}
      isOn={full}
      whyNot={whyNot ?? none}
      onDo={() => void act(t('faults.quota'), () => client.faults.strike({ kind: 'quota', full: !full }))}
    />
  )
}

const DELAYS_MS = [200, 1000, 5000] as const
const MOST_PARTITIONS = 8

function SlowRow({ targets, whyNot, act }: FaultRowsProps): ReactNode {
  const t = useWords()
  const { client } = useServices()
  const nodes = targets?.slowable ?? []
  const [chosen, choose] = useChoice(nodes)
  const [partition, setPartition] = useState('0')
  const [delay, setDelay] = useState('200')
  const none = targets !== undefined && nodes.length === 0 ? t('faults.noPartitions') : undefined
  const on = targets?.slow
  const fault = { kind: 'slow', node: chosen, partition: Number(partition) } as const
  return (
    <FaultRow
      title={t('faults.slow')}
      more={t('faults.slowMore')}
      button={t(on === undefined ? 'faults.slowDown' : 'faults.normal')}
      isOn={on !== undefined}
      whyNot={whyNot ?? none}
      onDo={() =>
        void act(t('faults.slow'), () =>
          client.faults.strike({ ...fault, delayMs: on === undefined ? Number(delay) : 0 }),
        )
      }
    >
      <Choice label={t('faults.node')} values={nodes} chosen={chosen} onChoose={choose} />
      <Choice
        label={t('faults.partition')}
        values={numbers(MOST_PARTITIONS)}
        chosen={partition}
        onChoose={setPartition}
      />
      <Choice
        label={t('faults.delay')}
        values={DELAYS_MS.map(String)}
        chosen={delay}
        print={(value) => printDuration(Number(value))}
        onChoose={setDelay}
      />
    </FaultRow>
  )
}

function ReloadRow({ whyNot, act }: FaultRowsProps): ReactNode {
  const t = useWords()
  const { client } = useServices()
  return (
    <FaultRow
      title={t('faults.reload')}
      more={t('faults.reloadMore')}
      button={t('faults.reloadDo')}
      whyNot={whyNot}
      onDo={() => void act(t('faults.reload'), () => done(() => client.faults.reload()))}
    />
  )
}

/** What a person chose, as long as it can be chosen; else the first. */
function useChoice(values: readonly string[]): readonly [string, (value: string) => void] {
  const [chosen, choose] = useState('')
  return [values.includes(chosen) ? chosen : (values[0] ?? ''), choose]
}
