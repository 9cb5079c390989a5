/** What deals with stored runs: a first visit does without. As one piece: of several, what they share would be a file that the worker
 *  has to wait for at its start. */
export const loadStored = async () => (await import('./stored.ts')).stored
