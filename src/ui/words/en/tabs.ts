export const tabsWords = {
  'tabs.locked': 'This pipeline belongs to another tab: here it can only be looked at.',
  'tabs.lockedHint': 'Take it over, or open a copy.',
  'tabs.whyFollows': 'It runs in another tab: take it over first',
} as const

/** Of the banner, whose code comes later. */
export const tabBannerWords = {
  'tabs.follows': 'This pipeline runs in another tab. You are following it.',
  'tabs.followsIdle': 'This pipeline is open in another tab. You are following it.',
  'tabs.asked': 'This pipeline is open in another tab…',
  'tabs.silent': 'This pipeline is open in another tab, which does not answer: it is busy or asleep.',
  'tabs.gone': 'The tab that ran this pipeline was closed. You can go on from its last checkpoint here.',
  'tabs.goneIdle': 'No other tab has this pipeline any more.',
  'tabs.taking': 'The other tab is asked for the pipeline…',
  'tabs.handing': 'The other tab ends its last batch and saves…',
  'tabs.late':
    'The other tab does not let go. If you take the pipeline by force, that tab stops at once and this one goes on from the last checkpoint.',
  'tabs.takeOver': 'Take over',
  'tabs.goOn': 'Go on here',
  'tabs.force': 'Take it by force',
  'tabs.wait': 'Wait',
  'tabs.copy': 'Open a copy',
} as const
