/** What is said when a source that cannot be made to wait has filled what may wait; `most` in bytes, one for each character. */
export function printOverflow(address: string, most: number): string {
  const size = `${Math.round((most / 2 ** 20) * 10) / 10} MiB`
  return [
    `${address} sends more than the batches process: ${size} of text wait, which is all that may (sluice.receiver.maxBuffered), and this browser cannot make a server wait.`,
    'The connection was closed. What was received is kept, and the receiver connects again when half of it is processed.',
    'Have the server send less, let batches do more in their time (a larger batch interval, fewer steps), or use a browser that can make it wait, such as Chrome or Edge.',
  ].join(' ')
}
