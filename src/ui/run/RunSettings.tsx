import type { ReactNode } from 'react'
import type { Settings } from '#engine/model/pipeline.ts'
import { printDuration } from '#ui/print/duration.ts'
import { useDocument, useServices, useSession } from '#ui/services.ts'
import { Select, type SelectOption } from '#ui/theme/Select.tsx'
import { useWords } from '#ui/words/words.ts'
import styles from './RunBar.module.css'
import { whyNot } from './run-commands.ts'
import { useSituation } from './use-situation.ts'

const SPEEDS = [0.1, 0.5, 1, 2, 5, 10, 'max'] as const
const MASTERS = ['local', 'local[2]', 'local[3]', 'local[4]', 'local[8]', 'local[*]'] as const
const BATCHES_MS = [100, 200, 500, 1000, 2000, 5000, 10_000, 30_000, 60_000] as const

/** Speed, clock, master and batch interval: the first two belong to the run, the others to the document. */
export function RunSettings(): ReactNode {
  const t = useWords()
  const { client, document, session } = useServices()
  const situation = useSituation()
  const clock = useSession((state) => state.clock)
  const settings = useDocument((state) => state.pipeline.settings)
  const whyNotClock = whyNot('setClock', situation)
  const whyNotSpeed = whyNot('setSpeed', situation)
  const locked = useDocument((state) => state.locked?.message)
  const change = (changed: Partial<Settings>): void => {
    document.getState().edit({ kind: 'setSettings', settings: { ...settings, ...changed } })
  }
  const speeds = SPEEDS.map((speed) => ({
    value: String(speed),
    label: speed === 'max' ? t('run.speedMax') : t('run.speedValue', { speed }),
  }))
  return (
    <div className={styles.settings}>
      <Select
        label={t('run.clock')}
        value={situation.clock}
        options={(['virtual', 'real'] as const).map((value) => ({ value, label: t(`run.clock.${value}`) }))}
        disabledBecause={whyNotClock === undefined ? undefined : t(whyNotClock)}
        onChange={(kind) => session.getState().setClock({ kind, speed: kind === 'real' ? 1 : clock.speed })}
      />
      <Select
        label={t('run.speed')}
        value={String(clock.speed)}
        options={speeds}
        disabledBecause={whyNotSpeed === undefined ? undefined : t(whyNotSpeed)}
        onChange={(speed) => void client.setSpeed(speed === 'max' ? 'max' : Number(speed))}
      />
      <Select
        label={t('run.batch')}
        value={String(settings.batchMs)}
        options={withCurrent(
          BATCHES_MS.map((ms) => ({ value: String(ms), label: printDuration(ms) })),
          { value: String(settings.batchMs), label: printDuration(settings.batchMs) },
        )}
        disabledBecause={locked}
        onChange={(batchMs) => change({ batchMs: Number(batchMs) })}
      />
      <Select
        label={t('run.master')}
        value={settings.master}
        options={withCurrent(
          MASTERS.map((master) => ({ value: master, label: master })),
          { value: settings.master, label: settings.master },
        )}
        disabledBecause={locked}
        onChange={(master) => change({ master })}
      />
    </div>
  )
}

/** A document may hold a value that the list does not offer. */
function withCurrent(
  options: readonly SelectOption<string>[],
  current: SelectOption<string>,
): readonly SelectOption<string>[] {
  return options.some((option) => option.value === current.value) ? options : [current, ...options]
}
