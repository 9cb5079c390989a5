import { feedUsage, parseFeedOptions } from '#cli/feed/feed-options.ts'
import { startFeed } from '#cli/feed/feed-server.ts'

// `npm run feed`: serves records over a WebSocket until it is interrupted. Exit status 2: an option or input is unusable.

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}

function fail(message: string): void {
  process.stderr.write(`feed: ${message}\n`)
  process.exitCode = 2
}

async function main(): Promise<void> {
  const options = parseFeedOptions(process.argv.slice(2))
  if (!options.ok) return fail(`${options.error}\nSee: npm run feed -- --help`)
  if (options.value === 'help') return print(feedUsage)
  const feed = await startFeed(options.value, print)
  if (!feed.ok) return fail(feed.error)

  const { source, recordsPerSecond } = options.value
  const what = source.kind === 'file' ? `lines of ${source.path}` : `generated ${source.name}`
  print(`Sending ${what}, ${recordsPerSecond} records per second, to every client of ws://127.0.0.1:${feed.value.port}`)
  print('Press Ctrl+C to stop.')
  const stop = () => {
    process.removeListener('SIGINT', stop) // a second Ctrl+C ends the process at once
    process.removeListener('SIGTERM', stop)
    void feed.value.close().then(() => print('stopped'))
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
}

await main()
