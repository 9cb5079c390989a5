import type { ReactNode } from 'react'

/** A gate that lets a stream through in measured batches. */
export function Logo(): ReactNode {
  return (
    <svg width="20" height="20" viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="7" fill="var(--accent)" />
      <g fill="none" stroke="var(--accent-text)" strokeWidth="3" strokeLinecap="round">
        <path d="M6 11h6M6 16h6M6 21h6" />
        <path d="M16 6v20" />
        <path d="M20 16h1M25 16h1" />
      </g>
    </svg>
  )
}
