import type { Result } from '#engine/model/result.ts'
import type { Services } from '#ui/services.ts'
import { isBusy } from '#ui/state/run-phase.ts'
import { notify } from '#ui/theme/notify.ts'
import { loadLateWords } from '#ui/words/late-words.ts'
import { t } from '#ui/words/words.ts'

interface FaultCommand {
  readonly id: string
  readonly label: string
  run(): void
}

/** The faults that need no choice, for the command palette; the others are in the panel. */
export function listFaultCommands({ client, run, document, session }: Services): readonly FaultCommand[] {
  loadLateWords()
  const { phase, pool, receivers, pipeline } = run.getState()
  const open = { id: 'faults', label: t('faults.title'), run: () => session.getState().openDialog('faults') }
  if (!isBusy(phase) || document.getState().locked !== undefined) return [open]
  const command = (id: string, label: string, doIt: () => Promise<Result<void, string>> | void): FaultCommand => ({
    id: `fault ${id}`,
    label,
    run: () => void tell(doIt()),
  })
  const named = (what: string): string => t('faults.command', { what })
  const executors = pool.kind === 'ready' ? pool.executors : 0
  return [
    open,
    ...Array.from({ length: executors }, (_, executor) =>
      command(`executor ${executor}`, t('faults.killExecutor', { executor }), () =>
        client.faults.killExecutor(executor),
      ),
    ),
    command('driver', named(t('faults.driver')), () => client.faults.killDriver()),
    ...receivers
      .filter(({ state, address }) => state === 'active' && address.includes('://'))
      .map(({ node }) =>
        command(`connection ${node}`, named(`${t('faults.connection')}: ${node}`), () =>
          client.faults.strike({ kind: 'connection', node }),
        ),
      ),
    ...(pipeline?.settings.checkpoint === true
      ? [command('corruption', named(t('faults.corruption')), () => client.faults.corruptAndKill('metadata'))]
      : []),
    command('reload', named(t('faults.reload')), () => client.faults.reload()),
  ]
}

async function tell(done: Promise<Result<void, string>> | void): Promise<void> {
  const result = await done
  if (result?.ok === false) notify({ kind: 'bad', text: t('faults.failed', { reason: result.error }) })
}
