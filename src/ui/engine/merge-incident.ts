import type { Incident } from '#engine/model/incident.ts'

/** Incidents that the screen keeps. */
const KEPT_INCIDENTS = 100

/** The incidents with one that happened, or of which more is known. What a new driver tells of its recovery belongs to the death that
 *  the page saw before: of it the page alone knows how it came and what had been shown. */
export function mergeIncident(known: readonly Incident[], incident: Incident): readonly Incident[] {
  const before = known.find((each) => each.id === incident.id || belongs(each, incident))
  if (before === undefined) return [...known, incident].slice(-KEPT_INCIDENTS)
  const after = joined(before, incident)
  return known.map((each) => (each === before ? after : each))
}

/** The incidents with those of earlier drivers, as they were stored. Of one that the page has seen itself it knows more. */
export function recallIncidents(known: readonly Incident[], before: readonly Incident[]): readonly Incident[] {
  const ids = new Set(known.map(({ id }) => id))
  return [...before.filter(({ id }) => !ids.has(id)), ...known].slice(-KEPT_INCIDENTS)
}

function belongs(seen: Incident, told: Incident): boolean {
  return told.kind === 'driver' && seen.kind === 'driver' && !seen.settled && told.how === 'closed'
}

function joined(seen: Incident, told: Incident): Incident {
  if (seen.kind !== 'driver' || told.kind !== 'driver') return told
  const { how: _how, onDemand: _onDemand, ...facts } = told
  // With the id of the one that knows more and more.
  return { ...seen, ...facts }
}
