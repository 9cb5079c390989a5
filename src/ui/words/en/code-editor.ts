export const codeEditorWords = {
  'code-editor.title': 'Code',
} as const
