import type { CanvasDesk } from '#ui/canvas/canvas-desk.ts'
import type { WordId } from '#ui/words/catalogue.ts'
import { addNote, groupSelected } from './annotate.ts'
import { copyFromMenu, pasteFromMenu } from './clipboard.ts'
import {
  chooseConnection,
  chooseInsertion,
  chooseOperator,
  deleteSelected,
  deselect,
  duplicate,
  fitToScreen,
  selectAll,
  tidyUp,
  toggleDisabled,
} from './commands.ts'

/** Something a person can do on the canvas: menu, toolbar, shortcuts and the command palette all read this. */
export interface CanvasAction {
  readonly id: string
  readonly label: WordId
  /** In tinykeys' spelling, the one that is shown first. They work while the canvas has the keyboard focus. */
  readonly shortcuts: readonly string[]
  /** The browser itself turns the shortcut into an event, which the canvas listens to. */
  readonly byBrowser?: boolean
  /** Actions of one group stand together in the menu; those without one are not in it. */
  readonly menu?: 'node' | 'clipboard' | 'canvas'
  enabled(): boolean
  run(): void
}

/** Every action of this canvas. */
export function createCanvasActions(desk: CanvasDesk): readonly CanvasAction[] {
  return [...createNodeActions(desk), ...createViewActions(desk)]
}

function createNodeActions(desk: CanvasDesk): readonly CanvasAction[] {
  const always = () => true
  const anyNode = () => desk.targets.length > 0
  const oneNode = () => desk.target !== undefined
  const oneEdge = () => desk.selection.edges.length === 1 && desk.selection.nodes.length === 0
  const anything = () => anyNode() || desk.selection.edges.length > 0
  const canLeave = () => {
    const id = desk.target
    const operator = id === undefined ? undefined : desk.document.getState().checked.nodes.get(id)?.operator
    return operator?.output !== undefined
  }
  const rename = () => desk.view.setState({ renaming: desk.target })
  return [
    {
      id: 'connect',
      label: 'canvas.action.connect',
      shortcuts: ['c'],
      menu: 'node',
      enabled: canLeave,
      run: () => chooseConnection(desk),
    },
    { id: 'rename', label: 'canvas.action.rename', shortcuts: ['F2'], menu: 'node', enabled: oneNode, run: rename },
    {
      id: 'toggle',
      label: 'canvas.action.toggle',
      shortcuts: ['d'],
      menu: 'node',
      enabled: anyNode,
      run: () => toggleDisabled(desk),
    },
    {
      id: 'insert',
      label: 'canvas.action.insert',
      shortcuts: ['i'],
      menu: 'node',
      enabled: oneEdge,
      run: () => chooseInsertion(desk),
    },
    {
      id: 'cut',
      label: 'canvas.action.cut',
      shortcuts: ['$mod+x'],
      byBrowser: true,
      menu: 'clipboard',
      enabled: anyNode,
      run: () => void copyFromMenu(desk, 'remove'),
    },
    {
      id: 'copy',
      label: 'canvas.action.copy',
      shortcuts: ['$mod+c'],
      byBrowser: true,
      menu: 'clipboard',
      enabled: anyNode,
      run: () => void copyFromMenu(desk, 'keep'),
    },
    {
      id: 'paste',
      label: 'canvas.action.paste',
      shortcuts: ['$mod+v'],
      byBrowser: true,
      menu: 'clipboard',
      enabled: always,
      run: () => void pasteFromMenu(desk),
    },
    {
      id: 'duplicate',
      label: 'canvas.action.duplicate',
      shortcuts: ['$mod+d'],
      menu: 'clipboard',
      enabled: anyNode,
      run: () => duplicate(desk),
    },
    {
      id: 'delete',
      label: 'canvas.action.delete',
      shortcuts: ['Delete', 'Backspace'],
      menu: 'clipboard',
      enabled: anything,
      run: () => deleteSelected(desk),
    },
  ]
}

function createViewActions(desk: CanvasDesk): readonly CanvasAction[] {
  const always = () => true
  const filled = () => desk.pipeline.nodes.length > 0
  const anySelected = () => desk.selection.nodes.length + desk.selection.edges.length > 0
  return [
    {
      id: 'add',
      label: 'canvas.action.add',
      shortcuts: ['a'],
      menu: 'canvas',
      enabled: always,
      run: () => chooseOperator(desk),
    },
    {
      id: 'note',
      label: 'canvas.action.note',
      shortcuts: ['n'],
      menu: 'canvas',
      enabled: always,
      run: () => addNote(desk),
    },
    {
      id: 'group',
      label: 'canvas.action.group',
      shortcuts: ['g'],
      menu: 'node',
      enabled: () => desk.selection.nodes.length > 0,
      run: () => groupSelected(desk),
    },
    {
      id: 'selectAll',
      label: 'canvas.action.selectAll',
      shortcuts: ['$mod+a'],
      menu: 'canvas',
      enabled: filled,
      run: () => selectAll(desk),
    },
    {
      id: 'deselect',
      label: 'canvas.action.deselect',
      shortcuts: ['Escape'],
      enabled: anySelected,
      run: () => deselect(desk),
    },
    {
      id: 'tidy',
      label: 'canvas.action.tidy',
      shortcuts: ['t'],
      menu: 'canvas',
      enabled: filled,
      run: () => void tidyUp(desk),
    },
    {
      id: 'fit',
      label: 'canvas.action.fit',
      shortcuts: ['f'],
      menu: 'canvas',
      enabled: filled,
      run: () => fitToScreen(desk),
    },
    {
      id: 'zoomIn',
      label: 'canvas.action.zoomIn',
      shortcuts: ['+', 'Shift++', '='],
      enabled: always,
      run: () => void desk.flow.zoomIn(),
    },
    {
      id: 'zoomOut',
      label: 'canvas.action.zoomOut',
      shortcuts: ['-'],
      enabled: always,
      run: () => void desk.flow.zoomOut(),
    },
  ]
}
