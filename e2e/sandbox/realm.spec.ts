import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { UNGUARDED_WORKER } from './attacks.ts'
import { type LabHandle, openLab } from './lab.ts'
import { COMPATIBLE, POLLUTIONS } from './pollutions.ts'
import { REACHABLE_NAMES, WALK, type Walked } from './reachable-names.ts'

let lab: LabHandle

beforeAll(async () => {
  lab = await openLab()
  await lab.page.evaluate(() => window.lab.open(1))
})
afterAll(() => lab.close())

async function openPage() {
  const page = await lab.page.context().newPage()
  await page.goto(lab.server.url)
  return page
}

const run = (module: string) => lab.page.evaluate((text) => window.lab.call(0, text), module)
const checkSelf = () => lab.page.evaluate(() => window.lab.call(0))

describe('T6: what user code can reach', () => {
  test('no name beyond the snapshot, nothing that does input or output, nothing that can be changed', async () => {
    const answer = await run(WALK)
    const { globals, changeable, ioNames, objects } = answer.value as Walked
    expect(globals).toContain('Map')
    expect(globals.filter((name) => !REACHABLE_NAMES.has(name))).toEqual([])
    expect(ioNames).toEqual([])
    expect(changeable).toEqual([])
    expect(objects).toBeGreaterThan(1_000)
  })

  test('the same walk in an unguarded worker finds such things, so it can see', async () => {
    const page = await openPage()
    await page.evaluate((text) => window.lab.openRaw(text), UNGUARDED_WORKER)
    const answer = await page.evaluate((text) => window.lab.call(0, text), WALK)
    const { globals, changeable, ioNames } = answer.value as Walked
    expect(globals.filter((name) => !REACHABLE_NAMES.has(name)).length).toBeGreaterThan(100)
    expect(ioNames).toEqual(expect.arrayContaining(['fetch', 'postMessage', 'importScripts', 'createObjectURL']))
    expect(changeable.length).toBeGreaterThan(1_000)
    await page.close()
  })

  test('a worker whose realm resists being stripped never starts', async () => {
    const page = await openPage()
    const said = await page.evaluate(async () => {
      await window.lab.open(1, false, "Object.defineProperty(globalThis, 'tomorrow', { value: () => {} })")
      let answered = false
      void window.lab.call(0).then(() => {
        answered = true
      })
      while (window.lab.errors.length === 0) await new Promise((resolve) => setTimeout(resolve, 5))
      // The request was there before the worker; a ping through the frame's own port has come and gone since.
      return { answered, errors: window.lab.errors }
    })
    expect(said.answered).toBe(false)
    expect(said.errors[0]).toContain('cannot remove globalThis.tomorrow')
    await page.close()
  })
})

describe('T7: user code cannot change the engine', () => {
  let digest: unknown

  beforeAll(async () => {
    digest = (await checkSelf()).value
    // The reference is right because it is what this very process of Node computes.
    const { checkSelf: reference } = await import('./harness/self-check.ts')
    expect(digest).toMatchObject(reference())
  })

  test.each(Object.keys(POLLUTIONS))('%s', async (name) => {
    const { value } = await run(`export function run() { ${POLLUTIONS[name]} }`)
    expect(String(value)).not.toContain('[object DedicatedWorkerGlobalScope]')
    expect((await checkSelf()).value).toEqual(digest)
  })

  test('the same attempts change an executor whose realm is not frozen, so they bite', async () => {
    const page = await openPage()
    const changed: string[] = []
    for (const name of [
      'r06 Array methods',
      'r07 setters on array indexes',
      'r08 Map methods',
      'r22 JSON and Reflect',
    ]) {
      const answer = await page.evaluate(async (text) => {
        await window.lab.open(1, false, 'Object.freeze = (object) => object; Object.preventExtensions = Object.freeze')
        const never = new Promise<string>((resolve) => setTimeout(resolve, 500, 'no answer'))
        const answered = await Promise.race([window.lab.call(0, text).then(() => window.lab.call(0)), never])
        window.lab.close()
        return answered
      }, `export function run() { ${POLLUTIONS[name]} }`)
      const value = typeof answer === 'string' ? answer : answer.value
      if (JSON.stringify(value) !== JSON.stringify(digest)) changed.push(name)
    }
    expect(changed).toHaveLength(4)
    await page.close()
  })

  test('an executor whose regular expressions cannot be put right does nothing more', async () => {
    const page = await openPage()
    const said = await page.evaluate(async (text) => {
      await window.lab.open(1)
      await window.lab.call(0, text)
      let answered = false
      void window.lab.call(0).then(() => {
        answered = true
      })
      while (window.lab.errors.length === 0) await new Promise((resolve) => setTimeout(resolve, 5))
      return { answered, errors: window.lab.errors }
    }, "export function run() { Object.defineProperty(RegExp.prototype, 'exec', { value: () => null, configurable: false }) }")
    expect(said).toEqual({ answered: false, errors: [expect.stringContaining('regular expressions')] })
    await page.close()
  })

  test('messages of user code do not exist: only answers and the console reach the driver', async () => {
    const notes = await lab.page.evaluate(() => window.lab.notes)
    expect(notes.filter((note) => !JSON.stringify(note).includes('"kind":"log"'))).toEqual([])
    // A flood of a hundred thousand calls became a budget's worth of lines.
    expect(notes.length).toBeLessThan(100)
  })
})

describe('the console of user code', () => {
  test('is text on the way to the driver, within a budget', async () => {
    const page = await openPage()
    const program = `export function run() {
      console.warn('a', { b: [1] }, 2n, undefined, Symbol('s'), new TypeError('t'), { toJSON() { throw 1 } })
      for (let i = 0; i < 1000; i += 1) console.log('x'.repeat(5000))
      console.table([1]); console.time('t')
    }`
    const notes = await page.evaluate(async (text) => {
      await window.lab.open(1)
      await window.lab.call(0, text)
      return window.lab.notes
    }, program)
    const first = 'a {"b":[1]} 2 undefined Symbol(s) TypeError: t (a value of type object that cannot be printed)'
    expect(notes[0]).toEqual({ executor: 0, said: { kind: 'log', level: 'warn', text: first, dropped: 0 } })
    expect(notes[1]).toMatchObject({ said: { text: `${'x'.repeat(1_999)}…` } })
    // Two seconds' worth at most, should the clock's second end in between.
    expect(notes.length).toBeGreaterThanOrEqual(20)
    expect(notes.length).toBeLessThanOrEqual(40)
    await page.close()
  })
})

describe('T8: ordinary programs run in a frozen realm', () => {
  // What the pollutions left behind is theirs alone; these programs start in a fresh executor.
  beforeAll(() => lab.page.evaluate(() => window.lab.rebuild()))

  test.each(Object.keys(COMPATIBLE))('%s', async (name) => {
    expect(await run(`export async function run() { ${COMPATIBLE[name]} }`)).toMatchObject({ ok: true, value: true })
  })
})
