import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  ATTACKS,
  type Attack,
  type AttackTarget,
  keepSecrets,
  printAttack,
  SECRET,
  UNGUARDED_WORKER,
} from './attacks.ts'
import { type LabHandle, openLab } from './lab.ts'

let lab: LabHandle

beforeAll(async () => {
  lab = await openLab()
})
afterAll(() => lab.close())

/** Who attacks: from where, and with which guards. */
type Place = 'control' | 'browser alone' | 'hardened'

interface Outcome {
  readonly ok: boolean
  readonly value: unknown
}

const hitName = (attack: Attack, place: Place) => `${attack.name}@${place}`.replaceAll(' ', '-')

function target(attack: Attack, place: Place, blobUrl: string): AttackTarget {
  const { server } = lab
  const path = `/hit/${hitName(attack, place)}`
  const udp = `https://127.0.0.1:${server.udpPort}`
  return { hit: server.loggerUrl + path, appHit: server.url + path, app: server.url, udp, blobUrl }
}

/** Runs every attack through the page's `lab`, all at once; one that never ends counts as failed after a while. */
async function attackFrom(page: Page, place: Place, blobUrl: string): Promise<Map<string, Outcome>> {
  const jobs = ATTACKS.map((attack) => ({ module: printAttack(attack), input: target(attack, place, blobUrl) }))
  const outcomes = await page.evaluate(
    (jobs) =>
      Promise.all(
        jobs.map(({ module, input }) => {
          const never = new Promise<Outcome>((resolve) => setTimeout(resolve, 3_000, { ok: false, value: 'no end' }))
          return Promise.race([window.lab.call(0, module, input), never])
        }),
      ),
    jobs,
  )
  return new Map(ATTACKS.map((attack, i) => [attack.name, outcomes[i] ?? { ok: false, value: 'no answer' }]))
}

/** A worker of the app's own origin, on a page without any policy, driven as the executors are. */
async function openControl(): Promise<Page> {
  const page = await lab.page.context().newPage()
  await page.goto(`${lab.server.url}/plain.html`)
  await page.evaluate((text) => {
    const { port1, port2 } = new MessageChannel()
    new Worker(URL.createObjectURL(new Blob([text]))).postMessage(null, [port2])
    const answers = new Map<number, (answer: Outcome) => void>()
    port1.onmessage = ({ data }) => answers.get(data.id)?.(data)
    const call = (_executor: number, module: string, input: unknown) =>
      new Promise<Outcome>((resolve) => {
        const id = answers.size
        answers.set(id, resolve)
        port1.postMessage({ id, module, input })
      })
    Object.assign(window, { lab: { call } })
  }, UNGUARDED_WORKER)
  return page
}

describe('what a worker can reach', () => {
  test('T2: nothing leaves the sandbox, by attacks that leave a plain worker', async () => {
    const control = await openControl()
    const blobUrl = await control.evaluate(keepSecrets, SECRET)
    const results = new Map<Place, Map<string, Outcome>>()

    await lab.page.evaluate((text) => window.lab.openRaw(text), UNGUARDED_WORKER)
    const benign = 'export function run(input) { return input + 1 }'
    expect(await lab.page.evaluate((text) => window.lab.call(0, text, 41), benign)).toMatchObject({
      ok: true,
      value: 42,
    })
    results.set('browser alone', await attackFrom(lab.page, 'browser alone', blobUrl))
    await lab.page.evaluate(() => window.lab.open(1))
    expect(await lab.page.evaluate((text) => window.lab.call(0, text, 41), benign)).toMatchObject({
      ok: true,
      value: 42,
    })
    results.set('hardened', await attackFrom(lab.page, 'hardened', blobUrl))
    const udpFromSandbox = lab.server.hits.has('udp')
    // Last, so that by its end anything the sandbox sent has long arrived.
    results.set('control', await attackFrom(control, 'control', blobUrl))

    const succeeded = (attack: Attack, place: Place): boolean => {
      if (attack.aim === 'network') return lab.server.hits.has(hitName(attack, place))
      const outcome = results.get(place)?.get(attack.name)
      return outcome?.ok === true && JSON.stringify(outcome.value).includes(SECRET)
    }
    const fired = ATTACKS.filter(
      (attack) => succeeded(attack, 'control') || (attack.body.includes('to.udp') && lab.server.hits.has('udp')),
    )
    const proved = new Set(fired.map(({ name }) => name))
    const voided = ATTACKS.filter(({ name }) => !proved.has(name)).map(({ name }) => name)
    console.log(
      `${fired.length} attacks proved by their control; void, because the control did not fire: ${voided.join(', ')}`,
    )
    expect(proved.size).toBeGreaterThanOrEqual(24)

    const escaped = ATTACKS.filter((attack) => succeeded(attack, 'browser alone') || succeeded(attack, 'hardened'))
    expect(escaped).toEqual([])
    expect(udpFromSandbox).toBe(false)
    expect([...lab.server.hits].filter((hit) => hit !== 'udp' && !hit.endsWith('@control'))).toEqual([])
  })
  test('a worker from a file of the app may open the sockets that its page may not', async () => {
    const said = await lab.page.evaluate(
      async (url) => {
        const worker = new Worker('./socket-worker.js', { type: 'module' })
        const fromWorker = await new Promise((resolve) => {
          worker.onmessage = ({ data }) => resolve(data)
          worker.postMessage(`${url}@control`)
        })
        const socket = new WebSocket(`${url}@page`)
        const fromPage = await new Promise((resolve) => {
          socket.onopen = () => resolve('open')
          socket.onerror = () => resolve('refused')
        })
        return { fromWorker, fromPage }
      },
      `${lab.server.loggerUrl.replace('http', 'ws')}/hit/socket`,
    )
    expect(said).toEqual({ fromWorker: 'open', fromPage: 'refused' })
    expect(lab.server.hits.has('socket@page')).toBe(false)
  })
})
