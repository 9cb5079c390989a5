import type { StoreApi } from 'zustand'
import { createStore } from 'zustand/vanilla'

/** What this tab is to the document that it shows. */
export type Seat =
  | { readonly kind: 'owner' }
  | {
      readonly kind: 'follower'
      /** asked   the owner has not answered yet
       *  live    what the owner sees is seen here
       *  silent  the owner's tab exists and does not answer: it is busy or frozen
       *  gone    no tab owns the document any more */
      readonly owner: 'asked' | 'live' | 'silent' | 'gone'
      /** asked   this tab wants to be the owner
       *  handing the owner ends its last batch
       *  late    the owner does not answer, or takes long: only force helps */
      readonly taking: 'no' | 'asked' | 'handing' | 'late'
    }

export type SeatStore = StoreApi<{ readonly seat: Seat }>

export function createSeatStore(): SeatStore {
  return createStore<{ readonly seat: Seat }>()(() => ({ seat: { kind: 'owner' } }))
}
