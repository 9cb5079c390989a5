// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are programs
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ATTACKS, type AttackTarget, keepSecrets, SECRET } from './attacks.ts'
import type { ReceiverRun, ReceiverSeen } from './harness/run-receiver.ts'
import { type LabHandle, openLab } from './lab.ts'
import { REACHABLE_NAMES } from './reachable-names.ts'

let lab: LabHandle

beforeAll(async () => {
  lab = await openLab()
})
afterAll(() => lab.close())

const run = (options: ReceiverRun): Promise<ReceiverSeen> =>
  lab.page.evaluate((given) => window.lab.runReceiver(given), options)

const answers = ({ messages }: ReceiverSeen) => messages.flatMap((each) => (each.kind === 'answer' ? [each] : []))
const records = (seen: ReceiverSeen): unknown[] => answers(seen).flatMap(({ text }) => JSON.parse(text) as unknown[]) // arrays, by contract
const happened = (seen: ReceiverSeen) => answers(seen).flatMap((each) => each.happened)

describe('a custom receiver in its sandbox', () => {
  test('stores records on a timer, and blocks at once', async () => {
    const code = `class extends Receiver {
      onStart() {
        let n = 0
        setInterval(() => this.store(n++), 5)
        this.store([{ whole: true }, 'block'])
      }
    }`
    const seen = await run({ code, pulls: 20, everyMs: 30 })
    const stored = records(seen)
    expect(stored.length).toBeGreaterThan(0)
    expect(stored).toEqual(stored.map((_, index) => index))
    expect(answers(seen).flatMap(({ blocks }) => blocks)).toEqual([
      { id: 1, records: 2, text: '[{"whole":true},"block"]' },
    ])
    expect(seen.messages[0]).toMatchObject({ kind: expect.stringMatching(/loaded|ready/) })
    expect(seen.died).toEqual([])
  })

  test('reaches no network and no storage, by attacks that leave a plain worker', async () => {
    const page = await lab.page.context().newPage()
    await page.goto(`${lab.server.url}/plain.html`)
    const blobUrl = await page.evaluate(keepSecrets, SECRET)
    const attempts = ATTACKS.map(({ name, body }) => {
      const path = `/hit/${name}@receiver`.replaceAll(' ', '-')
      const { server } = lab
      const to: AttackTarget = {
        hit: server.loggerUrl + path,
        appHit: server.url + path,
        app: server.url,
        udp: `https://127.0.0.1:${server.udpPort}`,
        blobUrl,
      }
      return `async () => { const to = ${JSON.stringify(to)}; ${body} }`
    })
    const code = `{
      async onStart(receiver) {
        const attempts = [${attempts.join(',\n')}]
        const late = new Promise((resolve) => setTimeout(resolve, 1500))
        const said = attempts.map(async (attempt) => {
          try { return String(JSON.stringify(await Promise.race([attempt(), late]))) } catch (error) { return 'refused ' + error }
        })
        for (const text of await Promise.all(said)) receiver.store(text)
        receiver.store('all tried')
      },
    }`
    const seen = await run({ code, pulls: 20, everyMs: 100 })
    const said = records(seen)
    expect(said).toHaveLength(ATTACKS.length + 1)
    expect(said.filter((text) => String(text).includes(SECRET))).toEqual([])
    expect([...lab.server.hits].filter((hit) => hit.endsWith('@receiver') || hit === 'udp')).toEqual([])
  })

  test('sees the names that functions see, and timers only as its own', async () => {
    const code = `{
      onStart(receiver) {
        receiver.store({ names: Object.getOwnPropertyNames(globalThis), timers: [typeof setTimeout, typeof globalThis.setTimeout] })
        const made = [setTimeout, setInterval, receiver.store, Receiver, console.log].map((fn) => {
          try { return typeof fn.constructor('return 1') } catch { return 'refused' }
        })
        receiver.store({ made })
        try { setTimeout('1', 0) } catch (error) { receiver.store(error.message) }
      },
    }`
    const [first, second, third] = records(await run({ code, pulls: 5, everyMs: 40 }))
    const { names, timers } = first as { names: string[]; timers: string[] } // as the code above stores it
    expect(names.filter((name) => !REACHABLE_NAMES.has(name))).toEqual([])
    expect(timers).toEqual(['function', 'undefined'])
    expect(second).toEqual({ made: Array(5).fill('refused') })
    expect(third).toBe('A timer needs a function.')
  })

  test('cannot send more than it is asked for', async () => {
    const code = `{
      onStart(receiver) {
        setInterval(() => {
          for (let n = 0; n < 1000; n++) { receiver.store(n); receiver.reportError('e' + n); console.log(n) }
          receiver.restart('again')
        }, 1)
      },
    }`
    const seen = await run({ code, pulls: 3, everyMs: 60, afterMs: 500 })
    // That it is loaded, and once that there is something.
    expect(seen.unasked).toBeLessThanOrEqual(2)
    expect(seen.messages.length).toBeLessThanOrEqual(2 + 2 * 3)
    for (const answer of answers(seen)) {
      expect(answer.records).toBeLessThanOrEqual(1000)
      expect(answer.happened.length).toBeLessThanOrEqual(51)
    }
    expect(happened(seen).some(({ kind }) => kind === 'restart')).toBe(true)
  })

  test('cannot spoil what the runtime needs', async () => {
    const code = `{
      onStart(receiver) {
        for (const spoil of [
          () => { Array.prototype.push = () => 0 },
          () => { JSON.stringify = () => 'x' },
          () => { Promise.prototype.then = () => {} },
          () => { Object.defineProperty(Array.prototype, 0, { set() {} }) },
          () => { receiver.store = () => {} },
          () => { Receiver.prototype.store = () => {} },
        ]) try { spoil() } catch {}
        setTimeout(() => { receiver.store(['a', 'b']); receiver.store(1) }, 5)
      },
    }`
    const seen = await run({ code, pulls: 5, everyMs: 40 })
    expect(records(seen)).toEqual([1])
    expect(answers(seen).flatMap(({ blocks }) => blocks)).toMatchObject([{ records: 2, text: '["a","b"]' }])
  })

  test('one that hangs answers nothing, and its frame goes without the page noticing', async () => {
    const seen = await run({ code: '{ onStart() { for (;;) {} } }', pulls: 2, everyMs: 150, patienceMs: 0 })
    expect(answers(seen)).toEqual([])
    expect(await lab.page.evaluate(() => document.querySelectorAll('iframe').length)).toBe(0)
  })
})
