#!/usr/bin/env node
// Node 20 cannot run TypeScript by itself. The caller's own tsconfig.json, if there is one, must not matter.
import { register } from 'tsx/esm/api'

register({ tsconfig: false })
await import('#cli/sluice.ts')
