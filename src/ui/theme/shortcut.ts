const isMac = (): boolean => /Mac|iPhone|iPad/.test(globalThis.navigator?.platform ?? '')

const MAC: Readonly<Record<string, string>> = { $mod: '⌘', Shift: '⇧', Alt: '⌥', Enter: '↩' }
const OTHER: Readonly<Record<string, string>> = { $mod: 'Ctrl', Shift: 'Shift', Alt: 'Alt', Enter: 'Enter' }

/** A key binding such as `$mod+Shift+z` as this machine's keyboards name it. */
export function printShortcut(binding: string, mac: boolean = isMac()): string {
  const names = mac ? MAC : OTHER
  const keys = binding.split('+').map((key) => names[key] ?? (key.length === 1 ? key.toUpperCase() : key))
  return keys.join(mac ? '' : '+')
}
