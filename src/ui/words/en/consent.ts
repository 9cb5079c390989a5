export const consentWords = {
  'consent.title': 'Somebody else made “{name}”',
  'consent.text':
    'It is paused. Look at what it would run and where it would connect to; nothing has run yet. Its code runs in a sandbox that cannot reach your files, your other pages or the network.',
  'consent.agree': 'Run it',
  'consent.decline': 'Keep it closed',
  'consent.look': 'Look at its code',
  'consent.closed': 'This pipeline came from a link or a file and has not run: its code is a stranger’s.',
  'consent.addresses': 'Addresses it connects to',
  'consent.noAddresses': 'None: it makes its own data, and what it shows stays in this tab.',
  'consent.reads': 'reads from',
  'consent.writes': 'writes to',
  'consent.at': 'node {node}',
  'consent.code': '{count, plural, =0 {No code of its own} one {Its code: # function} other {Its code: # functions}}',
  'consent.unread': '{node}: its settings have errors; mended, they may be code',
  'consent.prelude': 'Shared by all functions',
} as const
