import { Info, OctagonAlert, TriangleAlert, X } from 'lucide-react'
import type { ReactNode } from 'react'
import styles from './Banner.module.css'
import { IconButton } from './Button.tsx'

const ICONS = {
  info: <Info size={16} aria-hidden="true" />,
  warning: <TriangleAlert size={16} aria-hidden="true" />,
  danger: <OctagonAlert size={16} aria-hidden="true" />,
}

export interface BannerProps {
  readonly kind: keyof typeof ICONS
  readonly children: ReactNode
  /** Buttons that do something about it. */
  readonly actions?: ReactNode
  readonly dismiss?: { readonly label: string; readonly run: () => void }
}

/** A sentence above the work that stays until it is done with. */
export function Banner({ kind, children, actions, dismiss }: BannerProps): ReactNode {
  return (
    <div className={styles.banner} data-kind={kind} role={kind === 'danger' ? 'alert' : 'status'}>
      <span className={styles.icon}>{ICONS[kind]}</span>
      <p className={styles.text}>{children}</p>
      <div className={styles.actions}>
        {actions}
        {dismiss !== undefined && <IconButton label={dismiss.label} icon={<X size={16} />} onClick={dismiss.run} />}
      </div>
    </div>
  )
}
