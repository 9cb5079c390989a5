import { ChevronDown, History, Octagon, Pause, Play, RotateCcw, Square, StepForward } from 'lucide-react'
import { type ReactNode, useMemo } from 'react'
import { useDocument, useRun, useServices } from '#ui/services.ts'
import { isBusy } from '#ui/state/run-phase.ts'
import { Button, IconButton } from '#ui/theme/Button.tsx'
import { Menu, MenuItem } from '#ui/theme/Menu.tsx'
import { notify } from '#ui/theme/notify.ts'
import { printShortcut } from '#ui/theme/shortcut.ts'
import { useWords } from '#ui/words/words.ts'
import styles from './RunBar.module.css'
import { type RunCommand, whyNot } from './run-commands.ts'
import { runsAlike } from './running-version.ts'
import { useSituation } from './use-situation.ts'

/** Whether what runs is not what the canvas shows. */
export function useOlderVersion(): boolean {
  const busy = useRun((run) => isBusy(run.phase))
  const running = useRun((run) => run.pipeline)
  const edited = useDocument((document) => document.pipeline)
  return useMemo(() => busy && running !== undefined && !runsAlike(running, edited), [busy, running, edited])
}

function useReasons(): (command: RunCommand) => string | undefined {
  const t = useWords()
  const situation = useSituation()
  return (command) => {
    const reason = whyNot(command, situation)
    return reason === undefined ? undefined : t(reason)
  }
}

/** Run (or Restart), Pause, Step and Stop. */
export function RunButtons(): ReactNode {
  const t = useWords()
  const { client, starter } = useServices()
  const reason = useReasons()
  const phase = useRun((run) => run.phase)
  const older = useOlderVersion()
  return (
    <div className={styles.group}>
      {older ? (
        <Button
          look="primary"
          className={styles.run}
          hint={t('run.restartHint')}
          disabledBecause={reason('restart')}
          onClick={() => void starter.restart()}
        >
          <RotateCcw size={14} aria-hidden="true" /> {t('run.restart')}
        </Button>
      ) : (
        <StartButtons />
      )}
      {phase === 'paused' ? (
        <IconButton
          label={t('run.resume')}
          icon={<Play size={16} />}
          disabledBecause={reason('resume')}
          onClick={() => void client.resume()}
        />
      ) : (
        <IconButton
          label={t('run.pause')}
          hint={t('run.pauseHint')}
          icon={<Pause size={16} />}
          disabledBecause={reason('pause')}
          onClick={() => void client.pause()}
        />
      )}
      <IconButton
        label={t('run.step')}
        hint={t('run.stepHint')}
        icon={<StepForward size={16} />}
        disabledBecause={reason('step')}
        onClick={() => void starter.step()}
      />
      <StopButtons />
    </div>
  )
}

function StartButtons(): ReactNode {
  const t = useWords()
  const { client, starter } = useServices()
  const disabledBecause = useReasons()('run')
  const resume = async (): Promise<void> => {
    if (!(await starter.resume())) notify({ text: t('run.noCheckpoint') })
  }
  return (
    <div className={styles.split}>
      <Button
        look="primary"
        className={styles.run}
        hint={t('run.runHint')}
        shortcut={printShortcut('$mod+Enter')}
        disabledBecause={disabledBecause}
        onClick={() => void starter.start()}
      >
        <Play size={14} aria-hidden="true" /> {t('run.run')}
      </Button>
      {disabledBecause === undefined ? (
        <Menu
          trigger={
            <Button look="primary" className={styles.chevron} aria-label={t('run.runMenu')}>
              <ChevronDown size={12} />
            </Button>
          }
        >
          <MenuItem
            icon={<Play size={16} />}
            label={t('run.runFresh')}
            more={t('run.runFreshMore')}
            onSelect={() => void client.run('fresh')}
          />
          <MenuItem
            icon={<History size={16} />}
            label={t('run.runResume')}
            more={t('run.runResumeMore')}
            onSelect={() => void resume()}
          />
        </Menu>
      ) : (
        <Button
          look="primary"
          className={styles.chevron}
          aria-label={t('run.runMenu')}
          disabledBecause={disabledBecause}
        >
          <ChevronDown size={12} />
        </Button>
      )}
    </div>
  )
}

function StopButtons(): ReactNode {
  const t = useWords()
  const { client } = useServices()
  const disabledBecause = useReasons()('stop')
  const stopping = useRun((run) => run.phase === 'stopping')
  if (disabledBecause !== undefined) {
    return <IconButton label={t('run.stop')} icon={<Square size={14} />} disabledBecause={disabledBecause} />
  }
  return (
    <Menu
      trigger={
        <Button aria-label={t('run.stop')}>
          <Square size={14} aria-hidden="true" /> <ChevronDown size={12} aria-hidden="true" />
        </Button>
      }
    >
      <MenuItem
        icon={<Square size={14} />}
        label={t('run.stopGracefully')}
        more={t('run.stopGracefullyMore')}
        disabled={stopping}
        onSelect={() => void client.stop({ graceful: true })}
      />
      <MenuItem
        icon={<Octagon size={14} />}
        label={t('run.stopNow')}
        more={t('run.stopNowMore')}
        shortcut={printShortcut('$mod+Enter')}
        onSelect={() => void client.stop({ graceful: false })}
      />
    </Menu>
  )
}
