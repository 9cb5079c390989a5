export const storageWords = {
  'storage.title': 'Storage',
  'storage.text': 'Everything of your pipelines is in this browser, on this machine.',
  'storage.open': 'Storage…',
  'storage.loading': 'Adding up…',
  'storage.used': '{used} used of the {quota} that this browser gives Sluice.',
  'storage.nearlyFull':
    'Nearly full: {used} used of the {quota} that this browser gives Sluice. Runs cannot save when it is full.',
  'storage.kept': 'The browser keeps it until you delete it.',
  'storage.notKept': 'The browser may delete all of it when the disk runs out of space.',
  'storage.unknown': 'This browser does not say how long it keeps it.',
  'storage.keep': 'Ask it to keep everything',
  'storage.trouble':
    'Checkpoints cannot be written: {reason}. The run goes on and tries again; after a reload it would go on from the last one that was written.',
  'storage.refused':
    'The browser does not promise it now. Most do after more visits, or once you have bookmarked the page.',
  'storage.pipeline': 'Pipeline',
  'storage.drafts': 'Document',
  'storage.checkpoint': 'Checkpoint',
  'storage.files': 'Saved files',
  'storage.aside': 'Set aside',
  'storage.total': 'Total',
  'storage.all': '{count, plural, one {# pipeline} other {# pipelines}}',
  'storage.nameless': 'Left by a deleted pipeline',
  'storage.elsewhere': 'open in another tab',
  'storage.deleteCheckpoint': 'Delete the checkpoint of “{name}”',
  'storage.saveAside': 'Download what is left of the damaged checkpoint of “{name}”',
  'storage.saveAsideHint': 'What is left of a damaged checkpoint, for a report or for whoever can repair it.',
  'storage.deleteAside': 'Delete what is left of the damaged checkpoint of “{name}”',
  'storage.askAside': 'Delete what is left of the damaged checkpoint of “{name}”? This cannot be undone.',
  'storage.deleteFiles': 'Delete the saved files of “{name}”',
  'storage.askCheckpoint':
    'Delete the checkpoint of “{name}”? Its next run begins without state. This cannot be undone.',
  'storage.askFiles': 'Delete all files that “{name}” has saved? This cannot be undone.',
  'storage.delete': 'Delete',
  'storage.keepIt': 'Keep',
  'storage.retention':
    'A checkpoint replaces the one before it. Saved files stay until you delete them, however many there are. Of a pipeline’s earlier versions the last 50 are kept.',
} as const
