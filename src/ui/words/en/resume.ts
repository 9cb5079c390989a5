export const resumeWords = {
  'resume.catchUp':
    '{why, select, restart {Running batch {batch} of {total}: missed while the tab was closed.} other {Running batch {batch} of {total}: missed while the computer slept or the tab was frozen.}}',
  'resume.catchUpPaused':
    '{why, select, restart {{left, plural, one {# batch was} other {# batches were}} missed while the tab was closed: they wait.} other {{left, plural, one {# batch was} other {# batches were}} missed while the computer slept or the tab was frozen: they wait.}}',
  'resume.left': 'About {time} left.',
  'resume.slower': 'Batches take longer than the batch interval: it does not catch up.',
  'resume.progress': 'Batches done',
  'resume.pause': 'Have them wait',
  'resume.go': 'Run them',
  'resume.skip': 'Skip to now…',
  'resume.skipTitle': 'Go on from now?',
  'resume.skipText':
    '{count, plural, one {# batch has} other {# batches have}} not run yet. As in Spark they run one after another. Left out, they are as if there had been no data at their times:',
  'resume.skipOutputs':
    'No output is printed, saved or sent for them, and simulated sources make no rows for that time.',
  'resume.skipState':
    'States stay as of the last batch that ran. Time goes on for them: keys whose timeout has passed end.',
  'resume.skipWindows':
    'Windows hold only what came before and comes after; what they lack leaves no trace when it would have left them.',
  'resume.skipReceived': 'What was received and not processed goes into the next batch.',
  'resume.skipBegun': 'Batches that had begun before the restart still run.',
  'resume.always': 'Do so whenever this pipeline misses batches (a setting of the pipeline: sluice.skipMissedBatches)',
  'resume.alwaysLabel': 'Leave missed batches out',
  'resume.skipNow': 'Skip to now',
  'resume.keepRunning': 'Run them all',
  'resume.close': 'Close',
  'resume.skipped':
    '{why, select, restart {{count, plural, one {# batch} other {# batches}} of the time while the tab was closed} other {{count, plural, one {# batch} other {# batches}} that came due while the computer slept or the tab was frozen}} {count, plural, one {was} other {were}} left out: from {from} to {to}. States went on as they were.',
  'resume.carried': 'The edited pipeline goes on from the checkpoint of the one before.',
  'resume.carriedKept': 'It kept the state of {nodes}.',
  'resume.carriedLost': 'Started empty: {nodes}.',
  'resume.dismiss': 'Dismiss',
  'resume.title': 'The pipeline has changed since its checkpoint',
  'resume.text': 'The checkpoint of {when} was made with another version. How shall it go on?',
  'resume.keep': 'Go on with the edited pipeline and keep states',
  'resume.keepText':
    'A step further than Spark. The saved version finishes the batches it had begun (what they put out may come twice); then this one goes on from there. A state is kept when its node is the same, with the same operator, whatever its function and what is before it; an incremental window, when nothing before it changed. Plain windows hold again what unchanged sources can give again.',
  'resume.keepOff': 'Checkpointing is off in the edited pipeline, so it cannot take states over.',
  'resume.saved': 'Go on with the saved version',
  'resume.savedText':
    "Spark's way: the pipeline that is stored in the checkpoint runs, not the one on the canvas. Nothing is lost; your edits wait.",
  'resume.fresh': 'Start afresh',
  'resume.freshText':
    'The edited pipeline starts with empty states, and the checkpoint is replaced. This cannot be undone.',
  'resume.stateKept': '{node}: keeps its {kind, select, window {window} other {state}}',
  'resume.stateLost': '{node}: starts empty — {why}',
  'resume.noStates': 'The checkpoint holds no states.',
  'resume.lost.removed': 'it is gone, off, or leads to no output',
  'resume.lost.operator': 'it is another operator now',
  'resume.lost.form': 'its function is called in another way',
  'resume.lost.before': 'it or something before it has changed',
  'resume.remember': 'Answer so for this pipeline from now on, without asking',
  'resume.start': 'Start',
  'resume.cancel': 'Cancel',
} as const
