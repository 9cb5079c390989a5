// What the palette puts on a drag and the canvas takes from it.

/** The type of the dragged data; its text is the operator's name. */
export const OPERATOR_DRAG = 'application/x-sluice-operator'
