// biome-ignore lint/security/noGlobalEval: called by another name it runs a script of its own
const runScript = eval

/** Runs one of the plan's modules as a script, which is forgotten when nothing holds it: an imported module stays for as long as the process.
 *  Keeps lines and columns, and the module's own name for them. */
export async function importModule(text: string): Promise<Record<string, unknown>> {
  return { default: runScript(`${text.replace('export default function', '(() => function')}\n)()`) }
}
