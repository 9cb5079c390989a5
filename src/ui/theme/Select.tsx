import { type ReactNode, useId } from 'react'
import { Hint } from './Hint.tsx'
import styles from './Select.module.css'

export interface SelectOption<V extends string> {
  readonly value: V
  readonly label: string
}

export interface SelectProps<V extends string> {
  readonly label: string
  /** The label is only for assistive technology and the hint. */
  readonly bare?: boolean
  readonly value: V
  readonly options: readonly SelectOption<V>[]
  /** Why nothing else can be chosen now. */
  readonly disabledBecause?: string | undefined
  readonly onChange: (value: V) => void
}

/** One of a few values, in the browser's own control. */
export function Select<V extends string>(props: SelectProps<V>): ReactNode {
  const { label, bare, value, options, disabledBecause, onChange } = props
  const id = useId()
  const choose = (chosen: string): void => {
    const option = options.find((each) => each.value === chosen)
    if (option !== undefined && disabledBecause === undefined) onChange(option.value)
  }
  const shown = disabledBecause === undefined ? options : options.filter((option) => option.value === value)
  return (
    <span className={styles.field}>
      <label htmlFor={id} className={bare === true ? 'visually-hidden' : undefined}>
        {label}
      </label>
      <Hint text={disabledBecause === undefined ? label : `${label}: ${disabledBecause}`}>
        <select
          id={id}
          className={styles.select}
          value={value}
          aria-disabled={disabledBecause === undefined ? undefined : true}
          onChange={(event) => choose(event.target.value)}
        >
          {shown.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      </Hint>
    </span>
  )
}
