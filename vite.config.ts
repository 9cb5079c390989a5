import react from '@vitejs/plugin-react'
import { defineConfig, type PluginOption } from 'vite'
import { fewFiles } from './scripts/vite/few-files.ts'
import { lateFunctions } from './scripts/vite/late-functions.ts'
import { plainOperators } from './scripts/vite/plain-operators.ts'
import { preload } from './scripts/vite/preload.ts'
import { sandbox } from './scripts/vite/sandbox.ts'

/** Our own plugins, from ./scripts/vite/. The page and the workers are bundled apart, so each gets its own instances. */
const ours = (): PluginOption[] => [sandbox()]

export default defineConfig({
  // Relative addresses: the build is a folder that any static server can hold under any path, without headers.
  base: './',
  plugins: [react(), lateFunctions(), ours(), fewFiles(), preload()],
  build: { target: 'es2022' },
  worker: { format: 'es', plugins: () => [ours(), plainOperators()] },
})
