import { defineConfig } from 'vitest/config'

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
        // Node drives a real browser over the production build (playwright-core). One file at a time: they share two cores.
        test: {
          name: 'browser',
          environment: 'node',
          include: ['e2e/**/*.spec.ts', 'src/**/*.spec.ts'],
          exclude: ['e2e/cli/**'],
          fileParallelism: false,
          testTimeout: 180_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
})
