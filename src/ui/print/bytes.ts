const units = ['B', 'KiB', 'MiB', 'GiB'] as const

/** `1.5 KiB`; `format` writes the number in the chosen language. */
export function printBytes(
  bytes: number,
  format: (value: number, options: Intl.NumberFormatOptions) => string,
): string {
  const power = Math.min(units.length - 1, bytes < 1024 ? 0 : Math.floor(Math.log2(bytes) / 10))
  return `${format(bytes / 1024 ** power, { maximumFractionDigits: 1 })} ${units[power]}`
}
