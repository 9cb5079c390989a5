import { Play } from 'lucide-react'
import { type ReactNode, useMemo } from 'react'
import { type ConsentSubject, consentSubject } from '#engine/compile/consent.ts'
import { useDocument, useServices, useSession } from '#ui/services.ts'
import { Button } from '#ui/theme/Button.tsx'
import { Modal } from '#ui/theme/Modal.tsx'
import { notify } from '#ui/theme/notify.ts'
import { useWords } from '#ui/words/words.ts'
import styles from './ConsentPanel.module.css'
import { type UnreadNode, unreadNodes } from './consent-hash.ts'

export interface ConsentPanelProps {
  /** Remembers the agreement. */
  readonly onAgree: () => void
}

/** A stranger's pipeline before it runs: its code and the addresses it connects to, as text. */
export function ConsentPanel({ onAgree }: ConsentPanelProps): ReactNode {
  const t = useWords()
  const { document, session, client } = useServices()
  const asking = useSession((state) => state.consent === 'asking')
  const name = useDocument((document) => document.pipeline.name)
  const runnable = useDocument((document) => document.checked.runnable)
  const decline = (): void => session.getState().setConsent('declined')
  /** A run that came with the pipeline stands where it was saved. */
  const start = async (): Promise<void> => {
    const carried = (await client.findCheckpoint(document.getState().id)) !== undefined
    await client.run(carried ? 'resume' : 'fresh', { paused: carried })
  }
  const agree = (): void => {
    onAgree()
    document.getState().lock(undefined)
    session.getState().setConsent('given')
    if (runnable) void start()
    else notify({ text: t('run.why.problems') })
  }
  return (
    <Modal
      open={asking}
      title={t('consent.title', { name })}
      text={t('consent.text')}
      closeLabel={t('consent.decline')}
      width={720}
      onClose={decline}
      foot={
        <>
          <Button look="outline" onClick={decline}>
            {t('consent.decline')}
          </Button>
          <Button look="primary" onClick={agree}>
            <Play size={14} aria-hidden="true" /> {t('consent.agree')}
          </Button>
        </>
      }
    >
      {asking && <Subject />}
    </Modal>
  )
}

function Subject(): ReactNode {
  const pipeline = useDocument((document) => document.pipeline)
  const subject = useMemo(() => consentSubject(pipeline), [pipeline])
  const unread = useMemo(() => unreadNodes(pipeline), [pipeline])
  return (
    <>
      <Addresses subject={subject} />
      <Code subject={subject} unread={unread} />
    </>
  )
}

function Addresses({ subject }: { readonly subject: ConsentSubject }): ReactNode {
  const t = useWords()
  return (
    <section className={styles.section}>
      <h3 className={styles.heading}>{t('consent.addresses')}</h3>
      {subject.destinations.length === 0 && <p className={styles.none}>{t('consent.noAddresses')}</p>}
      <ul>
        {subject.destinations.map(({ node, direction, address }) => (
          <li key={`${node} ${direction} ${address}`} className={styles.address}>
            <span className={styles.direction}>{t(`consent.${direction}`)}</span>
            <code>{address}</code>
            <span className={styles.none}>{t('consent.at', { node })}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}

interface CodeProps {
  readonly subject: ConsentSubject
  readonly unread: readonly UnreadNode[]
}

function Code({ subject, unread }: CodeProps): ReactNode {
  const t = useWords()
  const { functions, prelude } = subject
  return (
    <section className={styles.section}>
      <h3 className={styles.heading}>
        {t('consent.code', { count: functions.length + (prelude === undefined ? 0 : 1) })}
      </h3>
      {prelude !== undefined && (
        <div className={styles.code}>
          <p className={styles.where}>{t('consent.prelude')}</p>
          <pre className={styles.source}>{prelude}</pre>
        </div>
      )}
      {functions.map(({ node, param, source }) => (
        <div key={`${node}.${param}`} className={styles.code}>
          <p className={styles.where}>
            {node}.{param}
          </p>
          <pre className={styles.source}>{source}</pre>
        </div>
      ))}
      {unread.map(({ node, params }) => (
        <div key={node} className={styles.code}>
          <p className={styles.where}>{t('consent.unread', { node })}</p>
          <pre className={styles.source}>{params}</pre>
        </div>
      ))}
    </section>
  )
}
