import type { Row } from './row.ts'
import { zipfPicker } from './zipf.ts'

/** One visit to a page of a shop. */
export interface Click {
  readonly user: string
  readonly page: string
  /** The page the visitor came from; absent when the address was typed. */
  readonly referrer?: string
  /** How long the page took to load. */
  readonly ms: number
  /** When it happened, ms since 1970 (or of virtual time). */
  readonly at: number
}

const pickPage = zipfPicker([
  ...(['/', '/search', '/products', '/cart', '/products/lamp', '/products/chair', '/offers', '/login'] as const),
  ...['/products/table', '/checkout', '/products/clock', '/account', '/help', '/products/rug', '/products/vase'],
  ...['/about', '/contact', '/products/shelf', '/terms', '/jobs'],
])

const pickReferrer = zipfPicker([
  'https://search.example/',
  'https://news.example/',
  'https://social.example/',
  'https://blog.example/post/42',
  'https://mail.example/',
])

const USERS = 400
const pickUser = zipfPicker(
  ['u001', ...Array.from({ length: USERS - 1 }, (_, index) => `u${String(index + 2).padStart(3, '0')}`)],
  0.8,
)

/** A click; a few users and pages have most of them, and one page in thirty loads slowly. */
export function generateClick(row: Row): Click {
  const user = pickUser(row.random())
  const page = pickPage(row.random())
  const hasReferrer = row.random() < 0.4
  const referrer = pickReferrer(row.random())
  const speed = row.random()
  const ms = Math.round(40 + 160 * speed ** 2 + (row.random() < 1 / 30 ? 800 + 2000 * speed : 0))
  return hasReferrer ? { user, page, referrer, ms, at: row.atMs } : { user, page, ms, at: row.atMs }
}
