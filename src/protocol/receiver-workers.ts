// The driver runs custom receivers in workers of the sandbox, which only the page can make and end. They speak on a port of their own, since
// neither the screen nor the run's calls have a part in it.

/** Driver → page. `worker` counts the workers of this driver. */
export type ReceiverWorkerWish =
  | { readonly kind: 'open'; readonly worker: number }
  /** Ends it for certain; nothing more is said of it. */
  | { readonly kind: 'close'; readonly worker: number }

/** Page → driver. */
export type ReceiverWorkerNews =
  /** One port comes with it: the driver's end of the channel to the worker. */
  | { readonly kind: 'opened'; readonly worker: number }
  /** It died, or could not be made. */
  | { readonly kind: 'gone'; readonly worker: number; readonly reason: string }
