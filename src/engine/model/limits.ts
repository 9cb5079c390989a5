// Hard limits of a document: a link from a stranger must not be able to fill the memory or hang the page.

/** A document's text, in UTF-8 bytes. */
export const MAX_DOCUMENT_BYTES = 2 * 1024 * 1024
/** A run that is carried to another browser, in bytes once it is unpacked. */
export const MAX_RUN_BYTES = 128 * 1024 * 1024
/** Objects and arrays inside one another, the document itself included. */
export const MAX_DEPTH = 64
/** Nodes of a document. */
export const MAX_NODES = 1000
/** Edges of a document. */
export const MAX_EDGES = 4000
/** Notes on the canvas. */
export const MAX_NOTES = 500
/** Groups on the canvas. */
export const MAX_GROUPS = 500
/** Parameters of one node. */
export const MAX_PARAMS = 200
/** Keys of `settings.conf`. */
export const MAX_CONF_KEYS = 500
/** Accumulators, and likewise broadcasts. */
export const MAX_SHARED_VARIABLES = 100
/** Characters of an identifier: a node, a port, an operator, an accumulator. */
export const MAX_IDENTIFIER_LENGTH = 64
/** Characters of a title: the pipeline's name, a group's. */
export const MAX_TITLE_LENGTH = 200
/** Characters of prose: the description, a note. */
export const MAX_TEXT_LENGTH = 20_000
/** Characters of one parameter that is a text, whatever its operator. */
export const MAX_PARAM_LENGTH = 256 * 1024
/** Characters of one function's source. */
export const MAX_FUNCTION_LENGTH = 64 * 1024
/** Characters of `settings.prelude`. */
export const MAX_PRELUDE_LENGTH = 256 * 1024
/** Characters of one key or value in `settings.conf`. */
export const MAX_CONF_LENGTH = 2000
/** The shortest batch. */
export const MIN_BATCH_MS = 10
/** The longest batch: one day. */
export const MAX_BATCH_MS = 24 * 60 * 60 * 1000
/** Cores that `local[n]` may ask for. */
export const MAX_CORES = 64
/** How far from the origin of the canvas anything may stand, in canvas units. */
export const MAX_COORDINATE = 10_000_000
