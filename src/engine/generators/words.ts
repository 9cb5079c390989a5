/** The words of the generated sentences, by part of speech, each list from the most to the least frequent.
 *  All verbs are in the past tense, so that they agree with every subject. */

type Words = readonly [string, ...string[]]

function list(words: string): Words {
  const [first = '', ...rest] = words.split(' ')
  return [first, ...rest]
}

export const determiners = list('the a this her his that my every our one their some your no another each')

export const nouns = list(
  'river time day stream water house door boat city garden night road friend letter book window bridge song market ' +
    'child story train light morning table village field mountain teacher storm sailor engine captain farmer island ' +
    'harbour kitchen winter summer shadow lantern coat clock map bird horse dog cat fox wolf owl tree forest stone ' +
    'valley mill wheel gate sluice lock canal barge rope anchor sail compass basket bread apple cup kettle chair ' +
    'candle mirror key coin ring drum violin painter baker miller doctor sister brother neighbour stranger king queen',
)

export const adjectives = list(
  'old new small little great long good quiet young early late cold warm dark bright strange heavy slow quick deep ' +
    'narrow wide empty broken golden green blue grey red silver distant gentle patient clever stubborn curious ' +
    'forgotten hidden wooden rusty crooked silent lonely hungry brave',
)

export const verbs = list(
  'saw found took left kept heard followed crossed opened closed carried watched made gave held lost built painted ' +
    'moved remembered reached turned passed pulled pushed lifted brought bought sold mended measured filled emptied ' +
    'borrowed returned counted guarded visited chased greeted answered trusted feared admired ignored hid stole broke',
)

/** Verbs that stand without an object. */
export const movements = list(
  'came went ran walked slept waited sang fell returned arrived laughed sailed danced wandered vanished rested drifted ' +
    'whispered climbed listened flowed trembled hesitated',
)

export const prepositions = list(
  'in of on to with by from under over near through behind across beside before after along beyond without against',
)

export const adverbs = list(
  'again then slowly often quietly never always soon once suddenly gently quickly together alone twice softly carefully ' +
    'almost gladly rarely eagerly calmly',
)

export const conjunctions = list('and but while because when so until')

export const names = list('anna peter maria john ida tom clara hugo nina oscar elsa felix ruth leo vera emil')
