import type { Diagnostic, Severity } from '#engine/model/diagnostic.ts'

const rank: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 }

/** Errors first, otherwise in the order in which they were found; what two checks both say is said once. */
export function sortDiagnostics(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const known = new Set<string>()
  const once = diagnostics.filter((each) => {
    const key = keyOfDiagnostic(each)
    return known.has(key) ? false : known.add(key)
  })
  return once.sort((a, b) => rank[a.severity] - rank[b.severity])
}

/** Equal for diagnostics that say the same of the same place. */
export function keyOfDiagnostic({ code, message, node, param, path, span }: Diagnostic): string {
  return JSON.stringify([code, message, node, param, path, span])
}
