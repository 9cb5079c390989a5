// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are programs
/** Ways to hang an executor, as data: bodies of `run()`. */
export const HANGS: Readonly<Record<string, string>> = {
  'endless loop': 'for (;;) {}',
  'regular expression that backtracks': "return /^(a+)+$/.test(`${'a'.repeat(60)}!`)",
  'microtask loop': 'return new Promise(() => { (function again() { Promise.resolve().then(again) })() })',
  'sort by an inconsistent comparator':
    'for (;;) Array.from({ length: 1e5 }, (_, i) => i).sort(() => Math.random() - 0.5)',
  'spread of an endless generator':
    'function* zeros() { for (;;) yield 0 } for (;;) { try { Math.max(...zeros()) } catch {} }',
  'indexOf in a huge array-like': 'return [].indexOf.call({ length: 2 ** 53 - 1 }, 1)',
  'bigint powers': 'for (let x = 3n; ; x = (x * x) % 2n ** 400000n);',
  'growing string': "for (let s = 'x'; ; s = s.length > 1e7 ? 'x' : s.replaceAll('x', 'xyx'));",
  'fill of a huge array': 'const a = []; a.length = 2 ** 32 - 1; return a.fill(1)',
  'getter that asks itself': 'const o = { get next() { return o } }; for (let p = o; ; p = p.next);',
}
