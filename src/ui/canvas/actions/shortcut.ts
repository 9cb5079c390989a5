const NAMES: Readonly<Record<string, string>> = {
  Delete: 'Del',
  Backspace: '⌫',
  Escape: 'Esc',
  ' ': 'Space',
}

/** A shortcut in tinykeys' spelling as people read it: `$mod+d` is `⌘D` on a Mac and `Ctrl+D` elsewhere. */
export function printShortcut(shortcut: string, mac = isMac()): string {
  const keys = shortcut.split(/\b\+/)
  const printed = keys.map((key) => {
    if (key === '$mod') return mac ? '⌘' : 'Ctrl'
    if (key === 'Shift') return mac ? '⇧' : 'Shift'
    return NAMES[key] ?? (key.length === 1 ? key.toUpperCase() : key)
  })
  return printed.join(mac ? '' : '+')
}

function isMac(): boolean {
  return typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.platform)
}
