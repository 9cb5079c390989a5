// What the driver tells of a run in the page's own words.

export const LOST_WHILE_SETTLING = 'The saved document could not finish what it had begun.'
export const KEPT_IN_PAGE =
  'This browser gives Sluice no place for files: what this run saves is kept until the page is closed. Download it before.'
export const SET_ASIDE =
  'The checkpoint of this pipeline is damaged: it starts afresh. What is left of it is set aside: Storage… in the pipeline menu has it.'
