import { defineConfig } from 'vitest/config'

/** What says how long something takes, or finds a process by its being the busiest, wants both cores. */
const timed = [
  'e2e/bench/**/*.spec.ts',
  'e2e/journeys/faults.spec.ts',
  'e2e/journeys/frozen.spec.ts',
  'e2e/sandbox/hangs.spec.ts',
  'e2e/sandbox/process-death.spec.ts',
]

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          environment: 'node',
          include: ['src/**/*.test.{ts,tsx}', 'scripts/**/*.test.{ts,mjs}'],
          maxWorkers: 2,
          // Nothing is to be measured here: these only end what hangs, however slow the machine is.
          testTimeout: 180_000,
          expect: { poll: { timeout: 30_000 } },
        },
      },
      {
        // Whole processes of the command line.
        test: {
          name: 'cli',
          environment: 'node',
          include: ['e2e/cli/**/*.spec.ts'],
          maxWorkers: 2,
          testTimeout: 180_000,
          hookTimeout: 60_000,
        },
      },
      {
        // Node drives a real browser over the production build (playwright-core): each file one of its own.
        test: {
          name: 'browser',
          environment: 'node',
          include: ['e2e/**/*.spec.ts', 'src/**/*.spec.ts'],
          exclude: ['e2e/cli/**', ...timed],
          maxWorkers: 2,
          testTimeout: 180_000,
          hookTimeout: 60_000,
        },
      },
      {
        // The same, one file at a time.
        test: {
          name: 'timed',
          environment: 'node',
          include: timed,
          fileParallelism: false,
          testTimeout: 180_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
})
