/** Functions that take the visible streams out of the records of a `mapWithState` stream; the record's own shape is in
 *  runtime/executor/state/state-record.ts. */
export const takeMapped = '(record) => record.mapped'
export const takeStates = '(record) => record.states.getAll().map((entry) => [entry.key, entry.state])'
