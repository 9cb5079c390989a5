import { test } from 'vitest'
import { openLab } from './lab.ts'

test('try', async () => {
  const lab = await openLab()
  lab.page.on('console', (m) => console.log('[page]', m.text()))
  lab.page.on('pageerror', (m) => console.log('[pageerror]', m))
  console.log(await lab.page.content())
  console.log(await lab.page.evaluate(() => window.lab.selfTest()))
  console.log(await lab.page.evaluate(() => window.lab.selfTest()))
  console.log('open', await lab.page.evaluate(() => window.lab.open(3)))
  console.log(await lab.page.evaluate(() => window.lab.call(0)))
  console.log(await lab.page.evaluate(() => [window.lab.notes, window.lab.states, window.lab.errors]))
  console.log(await lab.page.evaluate(() => window.lab.hang('export function run(){for(;;){}}', 400)))
  await lab.close()
})
