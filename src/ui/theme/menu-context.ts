import { createContext } from 'react'

/** Closes the menu around an item and then does what was chosen. */
export const MenuContext = createContext<(chosen: () => void) => void>((chosen) => chosen())
