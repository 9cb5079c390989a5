import { createContext, useContext } from 'react'
import { useStore } from 'zustand'
import { invariant } from '#engine/model/invariant.ts'
import type { EngineClient } from '#ui/engine/engine-client.ts'
import type { Starter } from '#ui/engine/late-starter.ts'
import type { DocumentState, DocumentStore } from '#ui/state/document-store.ts'
import type { RunFigures, RunStore } from '#ui/state/run-store.ts'
import type { SessionState, SessionStore } from '#ui/state/session-store.ts'

/** The long-lived things of one page. */
export interface Services {
  readonly document: DocumentStore
  readonly session: SessionStore
  readonly run: RunStore
  readonly client: EngineClient
  readonly starter: Starter
}

export const ServicesContext = createContext<Services | undefined>(undefined)

export function useServices(): Services {
  const services = useContext(ServicesContext)
  invariant(services, 'useServices outside of ServicesContext')
  return services
}

/** Re-renders when what `select` takes from the document store changes; take as little as you need. */
export function useDocument<T>(select: (state: DocumentState) => T): T {
  return useStore(useServices().document, select)
}

/** Re-renders when what `select` takes from the session store changes. */
export function useSession<T>(select: (state: SessionState) => T): T {
  return useStore(useServices().session, select)
}

/** Re-renders at most once per frame, when what `select` takes from the run store changes. */
export function useRun<T>(select: (state: RunFigures) => T): T {
  return useStore(useServices().run, select)
}
