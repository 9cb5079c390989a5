export const codeEditorWords = {
  'code-editor.loading': 'Loading the editor…',
  'code-editor.leave': 'Escape leaves the editor; then Tab moves on.',
} as const
