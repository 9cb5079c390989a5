import type { LogLevel } from '#engine/model/batch-data.ts'

/** Which methods of a console print, and how seriously. */
export const printingMethods: Readonly<Record<string, LogLevel>> = {
  debug: 'debug',
  dir: 'info',
  error: 'error',
  info: 'info',
  log: 'info',
  table: 'info',
  trace: 'debug',
  warn: 'warn',
}

/** Accepted and forgotten, so that pasted code runs. */
export const silentMethods: readonly string[] =
  'assert clear count countReset group groupCollapsed groupEnd time timeEnd timeLog'.split(' ')
