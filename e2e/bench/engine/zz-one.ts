import { openBench } from './open-bench.ts'

const names = process.argv.slice(2)
const bench = await openBench()
for (const name of names)
  for (let i = 0; i < 2; i++) {
    const page = await bench.openPage()
    await page.evaluate(() => window.bench.ask({ kind: 'pollute' }))
    const r = await page.evaluate(
      (each) => window.bench.ask({ kind: 'measure', name: each, rounds: 16, seed: 1 }),
      name,
    )
    await page.close()
    console.log(name, 'noise', r.noise.toFixed(3))
    for (const m of r.measurements) {
      const s = [...m.ratios].sort((a, b) => a - b)
      console.log('  ', m.name, m.sliceMs.toFixed(2) + ' ms', s[s.length >> 1].toFixed(3))
    }
  }
await bench.close()
