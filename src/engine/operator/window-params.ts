import { durationParam, optionalDurationParam, optionalFunctionParam } from './params.ts'

/** How much time one result looks back over. */
export const windowMsParam = durationParam({
  label: 'Window',
  help: 'How far each result looks back, in milliseconds. It must be a multiple of the slide of the input, which is normally the batch interval.',
  initial: 3000,
})

const SLIDE_HELP =
  'How often there is a result, in milliseconds. It must be a multiple of the slide of the input, which is normally the batch interval.'

/** How often there is a result. */
export const slideMsParam = durationParam({ label: 'Slide', help: SLIDE_HELP, initial: 1000 })

/** How often there is a result; left out, as often as the input has one. */
export const optionalSlideMsParam = optionalDurationParam({
  label: 'Slide',
  help: `${SLIDE_HELP} Left out: as often as the input.`,
})

/** Makes a reduction over a window incremental. */
export const inverseParam = optionalFunctionParam({
  label: 'Inverse',
  help: 'Undoes reduce: takes the result so far and the value that leaves the window, e.g. (sum, old) => sum - old.',
  signature: '(result, old) => value',
})
