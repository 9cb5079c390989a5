export const goToRecordWords = {
  'goTo.label': 'Go to record',
  'goTo.hint':
    'A number from 0 to {last}, over the partitions in order, or partition/index. G leads here from the table.',
  'goTo.shown': 'Record {number} (partition {partition}, index {index}).',
  'goTo.next': 'Record {asked} is not kept. The next that is: record {number} (partition {partition}, index {index}).',
  'goTo.last':
    'Record {asked} is not kept, and none behind it. The last that is: record {number} (partition {partition}, index {index}).',
  'goTo.none': 'Record {asked} is not kept.',
  'goTo.beyond': 'There is no such record in this batch: they are numbered from 0 to {last}.',
  'goTo.unreadable': 'Write a number, as 120, or partition and index, as 2/15.',
} as const
