import type { ComponentProps, ReactNode } from 'react'
import styles from './Button.module.css'
import { Hint } from './Hint.tsx'

export interface ButtonProps extends Omit<ComponentProps<'button'>, 'disabled'> {
  readonly look?: 'quiet' | 'outline' | 'primary' | 'danger'
  /** Why the button cannot be used now; it stays focusable and says so. */
  readonly disabledBecause?: string | undefined
  /** Explains the button on hover and focus. */
  readonly hint?: string | undefined
  /** Shown in the hint, as `⌘Enter`. */
  readonly shortcut?: string | undefined
}

/** A button with words. */
export function Button({
  look = 'quiet',
  disabledBecause,
  hint,
  shortcut,
  className,
  onClick,
  children,
  ...rest
}: ButtonProps): ReactNode {
  const classes = [styles.button, look === 'quiet' ? '' : styles[look], className ?? ''].filter(Boolean).join(' ')
  const button = (
    <button
      type="button"
      {...rest}
      className={classes}
      aria-disabled={disabledBecause === undefined ? undefined : true}
      onClick={disabledBecause === undefined ? onClick : (event) => event.preventDefault()}
    >
      {children}
    </button>
  )
  const text = disabledBecause ?? hint
  if (text === undefined && shortcut === undefined) return button
  return (
    <Hint text={text ?? ''} shortcut={disabledBecause === undefined ? shortcut : undefined}>
      {button}
    </Hint>
  )
}

export interface IconButtonProps extends Omit<ButtonProps, 'children' | 'aria-label'> {
  /** Its accessible name, and its hint unless there is another. */
  readonly label: string
  readonly icon: ReactNode
}

/** A square button with a picture; its name shows on hover and focus. */
export function IconButton({ label, icon, hint, className, ...rest }: IconButtonProps): ReactNode {
  return (
    <Button {...rest} hint={hint ?? label} aria-label={label} className={`${styles.icon} ${className ?? ''}`}>
      {icon}
    </Button>
  )
}
