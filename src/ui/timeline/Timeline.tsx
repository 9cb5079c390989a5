import { ChevronLeft, ChevronRight, Radio } from 'lucide-react'
import { type ReactNode, useMemo } from 'react'
import { printBatchTime } from '#ui/print/batch-time.ts'
import { normalizeDuration } from '#ui/print/duration.ts'
import { useDocument, useRun, useServices, useSession } from '#ui/services.ts'
import { Button, IconButton } from '#ui/theme/Button.tsx'
import { Hint } from '#ui/theme/Hint.tsx'
import { formatNumber, useWords } from '#ui/words/words.ts'
import { isCompleted, placeOf, readBatch } from './batch-figures.ts'
import { RunHeader } from './RunHeader.tsx'
import { figuresOf, printAverage, scaleTops, timelines } from './statistics.ts'
import { stripKey } from './strip-keys.ts'
import styles from './Timeline.module.css'
import { TimelineStrip } from './TimelineStrip.tsx'
import { useShownBatchData } from './use-shown-batch-data.ts'

const VIRTUAL_ZERO = { kind: 'virtual', zeroMs: 0 } as const

/** The four figures of Spark's Streaming tab over the newest batches; choosing one makes the whole screen show it. */
export function Timeline(): ReactNode {
  const t = useWords()
  const { session } = useServices()
  const batches = useRun((run) => run.batches)
  const clock = useRun((run) => run.clock) ?? VIRTUAL_ZERO
  const ownBatchMs = useDocument((document) => document.pipeline.settings.batchMs)
  const batchMs = useRun((run) => run.pipeline?.settings.batchMs) ?? ownBatchMs
  const shown = useSession((state) => state.shownBatchMs)
  useShownBatchData()
  const figures = useMemo(() => batches.map((info) => readBatch(info, batchMs)), [batches, batchMs])
  const show = (next: number | 'live') => session.getState().showBatch(next)
  const step = (key: 'ArrowLeft' | 'ArrowRight') => {
    const done = figures.filter(isCompleted)
    const target = stripKey(key, placeOf(shown, done), done.length)
    show(target === undefined || target === 'live' ? 'live' : (done[target]?.timeMs ?? 'live'))
  }
  const completed = figures.filter(isCompleted).length
  const tops = scaleTops(figures)
  const noBatch = figures.length === 0 ? t('timeline.empty') : undefined
  return (
    <section className={styles.timeline} aria-label={t('timeline.title')}>
      <header className={styles.header}>
        <IconButton
          label={t('timeline.older')}
          icon={<ChevronLeft size={16} />}
          disabledBecause={noBatch}
          onClick={() => step('ArrowLeft')}
        />
        <IconButton
          label={t('timeline.newer')}
          icon={<ChevronRight size={16} />}
          disabledBecause={shown === 'live' ? t('timeline.live') : noBatch}
          onClick={() => step('ArrowRight')}
        />
        {shown === 'live' ? (
          <span className={styles.live}>{t('timeline.live')}</span>
        ) : (
          <>
            <strong className={styles.shown}>
              {t('timeline.showing', { time: printBatchTime(shown, clock, batchMs) })}
            </strong>
            <Button look="outline" onClick={() => show('live')}>
              <Radio size={14} aria-hidden="true" /> {t('timeline.backToLive')}
            </Button>
          </>
        )}
        <RunHeader batchMs={batchMs} />
        <span className={styles.retained}>
          {t('timeline.lastBatches', { retained: figures.length, active: figures.length - completed, completed })}
        </span>
      </header>
      <div className={styles.body}>
        <ul className={styles.names}>
          {timelines.map((timeline) => (
            <Hint key={timeline} text={t(`timeline.${timeline}.help`)} side="right">
              <li className={styles.name}>
                <strong>{t(`timeline.${timeline}`)}</strong>
                <span className={styles.top}>
                  {figuresOf(timeline, figures).length === 0
                    ? ''
                    : timeline === 'inputRate'
                      ? t('timeline.topRate', { value: formatNumber(tops.rate, { maximumFractionDigits: 1 }) })
                      : t('timeline.topDelay', topDelay(tops.ms))}
                </span>
                <span className={styles.average}>{printAverage(timeline, figures)}</span>
              </li>
            </Hint>
          ))}
        </ul>
        {figures.length === 0 ? (
          <p className={styles.empty}>{t('timeline.emptyText')}</p>
        ) : (
          <TimelineStrip figures={figures} batchMs={batchMs} clock={clock} shown={shown} onShow={show} />
        )}
      </div>
    </section>
  )
}

function topDelay(ms: number): { readonly value: string; readonly unit: string } {
  const { value, unit } = normalizeDuration(ms)
  return { value: formatNumber(value, { maximumFractionDigits: 1 }), unit }
}
