import { type ReactNode, useId } from 'react'
import { Button } from '#ui/theme/Button.tsx'
import { Select } from '#ui/theme/Select.tsx'
import styles from './FaultsPanel.module.css'

export interface FaultRowProps {
  readonly title: string
  /** What comes of it, in a few words. */
  readonly more: string
  readonly button: string
  /** It lasts, and is on. */
  readonly isOn?: boolean
  readonly whyNot: string | undefined
  /** What can be chosen about it. */
  readonly children?: ReactNode
  onDo(): void
}

/** One fault. */
export function FaultRow({ title, more, button, isOn, whyNot, children, onDo }: FaultRowProps): ReactNode {
  const id = useId()
  return (
    <li className={styles.row} data-on={isOn === true}>
      <div className={styles.words}>
        <strong id={`${id}-title`}>{title}</strong>
        <span id={`${id}-more`} className={styles.more}>
          {more}
        </span>
      </div>
      <div className={styles.choices}>{children}</div>
      <Button
        id={`${id}-button`}
        look={isOn === true ? 'primary' : 'outline'}
        className={styles.do}
        aria-labelledby={`${id}-title ${id}-button`}
        aria-describedby={`${id}-more`}
        disabledBecause={whyNot}
        onClick={onDo}
      >
        {button}
      </Button>
    </li>
  )
}

export interface ChoiceProps {
  readonly label: string
  readonly values: readonly string[]
  readonly chosen: string
  print?(value: string): string
  onChoose(value: string): void
}

/** One of a few values; nothing where there is none. */
export function Choice({ label, values, chosen, print = (value) => value, onChoose }: ChoiceProps): ReactNode {
  if (values.length === 0) return null
  return (
    <Select
      label={label}
      bare
      value={chosen}
      options={values.map((value) => ({ value, label: print(value) }))}
      onChange={onChoose}
    />
  )
}
