import { lazy } from 'react'

// Most pipelines have neither chart, counter nor sink, and log nothing: their views come, with their words, when they are first shown.

export const FiguresView = lazy(async () => {
  const [{ FiguresView }, { loadLateWords }] = await Promise.all([
    import('#ui/outputs/figures/FiguresView.tsx'),
    import('#ui/words/late-words.ts'),
  ])
  loadLateWords()
  return { default: FiguresView }
})

export const SinkLine = lazy(async () => {
  const [{ SinkLine }, { loadLateWords }] = await Promise.all([
    import('#ui/outputs/SinkLine.tsx'),
    import('#ui/words/late-words.ts'),
  ])
  loadLateWords()
  return { default: SinkLine }
})

export const ConsoleSection = lazy(async () => {
  const [{ ConsoleSection }, { loadLateWords }] = await Promise.all([
    import('#ui/outputs/ConsoleSection.tsx'),
    import('#ui/words/late-words.ts'),
  ])
  loadLateWords()
  return { default: ConsoleSection }
})
