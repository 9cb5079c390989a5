// biome-ignore lint/style/noRestrictedImports: only tests import this file
// biome-ignore lint/correctness/noUndeclaredDependencies: only tests import this file
import fc from 'fast-check'

const word = fc.oneof(
  fc.constantFrom(
    'a',
    'b',
    'ERROR',
    'Error',
    'error',
    '',
    'level',
    'somewhat longer',
    'averyveryverylongword',
    'averyveryverylongwore',
  ),
  fc.constantFrom(
    '0',
    '1',
    '12',
    '007',
    '-0',
    '-5',
    '3.25',
    '.5',
    '1e3',
    '1E400',
    '0x1f',
    'Infinity',
    'NaN',
    ' 7 ',
    '9007199254740993',
    '0.1',
    '123456789012345',
    '12.',
  ),
  fc.string({ unit: fc.constantFrom('a', 'b', 'A', '\r', '\t', '\0', ' ', '_', '9'), maxLength: 20 }),
  fc.string({
    unit: fc.constantFrom('ä', 'Ä', '\u212a', '\u0130', '漢', '\ud83d', '\udc36', '\u2028', '\u00a0', 'x'),
    maxLength: 6,
  }),
)
const separator = fc.constantFrom(' ', ',', ', ', '::', '\t', 'a')
const json = fc.oneof(
  fc
    .record(
      {
        user: fc.oneof(word, fc.integer(), fc.double(), fc.constantFrom(null, true, false)),
        level: word,
        ms: fc.oneof(fc.integer(), fc.double({ noNaN: true })),
      },
      { requiredKeys: ['user', 'ms'] },
    )
    .map((value) => JSON.stringify(value)),
  fc.json(),
  fc.constantFrom(
    '{"user":"a","ms":1,"user":"b"}',
    ' { "ms" : -0.0e-1 , "user":"\\u0041" } ',
    '{"ms":01,"user":1}',
    '{"user":"a","ms":2}x',
    '{"us\\u0065r":1,"user":"q","ms":3}',
    '{"user":"x","ms":1e5,"o":{"user":[1,{"a":null}]}}',
    '{}',
  ),
)
const plainJson = fc
  .record({
    user: fc.constantFrom('ann', 'bob', 7, 12),
    level: fc.constantFrom('ERROR', 'info'),
    ms: fc.integer({ min: 0, max: 2000 }),
  })
  .map((value) => JSON.stringify(value))
const asciiWord = fc.constantFrom('a', 'B', 'cc', 'ERROR', '', 'longerthanthirteen', '12', '3.5', '0')
const around = fc.constantFrom('', '', '', ' ', '  ', '\t', '\r', ' \r', '\u00a0 ', '\0')
const lineOf = (part: fc.Arbitrary<string>) =>
  fc
    .tuple(around, separator, fc.array(part, { maxLength: 8 }), around)
    .map(([before, at, parts, after]) => `${before}${parts.join(at)}${after}`)
/** Lines of words, fields or JSON, with all that may stand in the way of a packed loop. */
export const someText = fc
  .oneof(
    fc.array(lineOf(word), { maxLength: 30 }),
    fc.array(lineOf(asciiWord), { maxLength: 60 }),
    fc.array(
      fc.tuple(separator, fc.array(asciiWord, { minLength: 4, maxLength: 6 })).map(([at, parts]) => parts.join(at)),
      { maxLength: 40 },
    ),
    fc.array(plainJson, { maxLength: 40 }),
    fc.array(json, { maxLength: 5 }),
  )
  .map((lines) => lines.join('\n').replaceAll('\n\n\n', '\n'))
