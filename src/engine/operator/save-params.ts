import { type Diagnostic, type Fix, problem } from '#engine/model/diagnostic.ts'
import type { CheckContext } from './operator.ts'
import { optionalTextParam } from './params.ts'

/** Characters of a name between two slashes: with the batch time a name stays below the 255 bytes that file systems allow. */
const MAX_NAME = 60

export const prefixParam = (initial: string) =>
  optionalTextParam({
    label: 'Prefix',
    help: 'What the names of the directories begin with: out/counts gives out/counts-1000 for the batch at 1000 ms. Without it they are the times alone.',
    maxLength: 200,
    initial,
  })

export const suffixParam = () =>
  optionalTextParam({
    label: 'Suffix',
    help: 'What the names of the directories end with, after a dot: txt gives counts-1000.txt.',
    maxLength: 20,
    advanced: true,
  })

/** Letters and digits of any script, and signs that mean nothing to any file system; no dot or blank where it would be lost or
 *  hide something. */
const NAME = /^[\p{L}\p{N}_](?:[\p{L}\p{M}\p{N}_.=+@ -]*[\p{L}\p{M}\p{N}_=+@-])?$/u

const WHICH =
  'Use letters, digits, _ - = + @, and inside a name dots and blanks; slashes stand between directories, e.g. out/counts.'

/** What is wrong with the names that a save would give: its directories stay below the place that the pipeline's files have. */
export function checkSaveNames(
  { prefix = '', suffix = '' }: { readonly prefix: string | undefined; readonly suffix: string | undefined },
  { node }: Pick<CheckContext, 'node'>,
): readonly Diagnostic[] {
  return [...checkPrefix(prefix, node), ...checkSuffix(suffix, node)]
}

function checkPrefix(prefix: string, node: string): readonly Diagnostic[] {
  const wrong = (code: string, message: string, hint: string, mended?: string): readonly Diagnostic[] => [
    problem(`save/${code}`, message, { node, param: 'prefix', hint, ...offer('prefix', mended) }),
  ]
  if (prefix === '') return []
  if (/^[/\\]|^\p{L}[\p{L}\p{N}+.-]*:/u.test(prefix)) {
    const hint =
      'Files lie in a place of their own, and prefixes begin there: write out/counts, without a slash before it.'
    return wrong('absolute-path', `The prefix "${prefix}" is an absolute path.`, hint, mendPrefix(prefix))
  }
  const names = prefix.split('/')
  if (names.some((name) => name === '.' || name === '..')) {
    const hint = 'Directories cannot lead out of the place of their own: leave . and .. away.'
    return wrong('parent-path', `The prefix "${prefix}" leads elsewhere.`, hint, mendPrefix(prefix))
  }
  if (!names.every(isName))
    return wrong('unusable-name', `The prefix "${prefix}" cannot be a name.`, WHICH, mendPrefix(prefix))
  return []
}

function checkSuffix(suffix: string, node: string): readonly Diagnostic[] {
  if (suffix === '' || isName(suffix)) return []
  const hint = 'Use letters, digits and _ - = + @; the dot before it comes by itself.'
  const fix = offer('suffix', suffix.replace(/^\.+/, ''))
  return [
    problem('save/unusable-name', `The suffix "${suffix}" cannot end a name.`, { node, param: 'suffix', hint, ...fix }),
  ]
}

function isName(name: string): boolean {
  return name.length <= MAX_NAME && NAME.test(name)
}

/** The names of a path that can be used. */
function mendPrefix(prefix: string): string {
  return prefix
    .replace(/^\p{L}[\p{L}\p{N}+.-]*:/u, '')
    .split(/[/\\]/)
    .filter((name) => name !== '.' && name !== '..' && name !== '')
    .join('/')
}

function offer(param: 'prefix' | 'suffix', value: string | undefined): { readonly fixes?: readonly Fix[] } {
  if (value === undefined || value === '' || !value.split('/').every(isName)) return {}
  return { fixes: [{ label: `Use ${value}`, param, value }] }
}
