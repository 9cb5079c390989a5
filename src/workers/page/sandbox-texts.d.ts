// Made by scripts/vite/sandbox.ts.

declare module 'virtual:sluice/sandbox-document' {
  /** For an iframe's `srcdoc`: the policy, then the broker. */
  export const sandboxDocument: string
  export const brokerText: string
  /** Source expression, with its quotes: `'sha256-…'`. */
  export const brokerHash: string
}

declare module 'virtual:sluice/executor-text' {
  /** Classic script: boot and kernel. */
  export const executorText: string
}

declare module 'virtual:sluice/receiver-text' {
  /** Classic script: boot and runtime of a custom receiver. */
  export const receiverText: string
}

declare module 'virtual:sluice/probe-text' {
  /** Classic script: the self-test's worker. */
  export const probeText: string
}
