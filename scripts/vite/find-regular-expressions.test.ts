import { expect, test } from 'vitest'
import { findRegularExpressions } from './find-regular-expressions.ts'

test.each(['/a/.test(x)', 'x.split(/,/)', 'new RegExp(x)', 'RegExp(x)', 'x.match(y)', 'x.matchAll(y)', 'x.search(y)'])(
  'finds %s',
  (use) => {
    expect(findRegularExpressions(`"use strict";(() => { const z = ${use} })()`)).toEqual([
      expect.stringContaining(use.slice(0, 3)),
    ])
  },
)

test.each(["x.split(',')", "x.replaceAll('a', 'b')", 'RegExp.prototype === x', 'match(x)', 'a / b / c', 'x[match](y)'])(
  'lets %s be',
  (use) => {
    expect(findRegularExpressions(`const z = ${use}`)).toEqual([])
  },
)
