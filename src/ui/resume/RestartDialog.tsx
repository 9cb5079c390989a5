import { CircleCheck, CircleSlash } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useStore } from 'zustand'
import type { StateFate } from '#engine/model/state-fate.ts'
import {
  type RestartChoice,
  type RestartQuestion,
  restartChoices,
  restartQuestion,
} from '#ui/engine/restart-question.ts'
import { Button } from '#ui/theme/Button.tsx'
import { Modal } from '#ui/theme/Modal.tsx'
import { useWords } from '#ui/words/words.ts'
import styles from './Resume.module.css'

/** Asks how an edited pipeline begins that has a checkpoint of another version. */
export function RestartDialog(): ReactNode {
  const question = useStore(restartQuestion, (state) => state.question)
  return question && <Choices key={question.comparison.savedAtMs} question={question} />
}

function Choices({ question }: { readonly question: RestartQuestion }): ReactNode {
  const t = useWords()
  const { comparison, canKeep } = question
  const [choice, setChoice] = useState<RestartChoice>(canKeep ? 'keep' : 'saved')
  const [always, setAlways] = useState(false)
  const close = (): void => question.answer(undefined, false)
  const foot = (
    <>
      <Button look="outline" onClick={close}>
        {t('resume.cancel')}
      </Button>
      <Button look={choice === 'fresh' ? 'danger' : 'primary'} onClick={() => question.answer(choice, always)}>
        {t('resume.start')}
      </Button>
    </>
  )
  return (
    <Modal
      open
      title={t('resume.title')}
      text={t('resume.text', { when: new Date(comparison.savedAtMs).toLocaleString() })}
      closeLabel={t('resume.close')}
      width={640}
      foot={foot}
      onClose={close}
    >
      <fieldset className={styles.choices}>
        <legend className="visually-hidden">{t('resume.title')}</legend>
        {restartChoices.map((each) => {
          const off = each === 'keep' && !canKeep
          return (
            <label key={each} className={styles.choice} data-chosen={each === choice} data-off={off}>
              <input
                type="radio"
                name="restart"
                value={each}
                checked={each === choice}
                disabled={off}
                onChange={() => setChoice(each)}
              />
              <span className={styles.name}>{t(`resume.${each}`)}</span>
              <span className={styles.more}>{off ? t('resume.keepOff') : t(`resume.${each}Text`)}</span>
              {each === 'keep' && canKeep && <Fates fates={comparison.fates} />}
            </label>
          )
        })}
      </fieldset>
      <label className={styles.check}>
        <input type="checkbox" checked={always} onChange={(event) => setAlways(event.target.checked)} />
        {t('resume.remember')}
      </label>
    </Modal>
  )
}

function Fates({ fates }: { readonly fates: readonly StateFate[] }): ReactNode {
  const t = useWords()
  if (fates.length === 0) return <span className={styles.more}>{t('resume.noStates')}</span>
  return (
    <ul className={styles.fates}>
      {fates.map(({ node, kind, lost }) => (
        <li key={`${node} ${kind}`} className={styles.fate}>
          {lost === undefined ? (
            <CircleCheck size={14} aria-hidden="true" />
          ) : (
            <CircleSlash size={14} aria-hidden="true" />
          )}
          {lost === undefined
            ? t('resume.stateKept', { node, kind })
            : t('resume.stateLost', { node, why: t(`resume.lost.${lost}`) })}
        </li>
      ))}
    </ul>
  )
}
