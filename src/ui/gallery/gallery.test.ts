import { describe, expect, it } from 'vitest'
import { checkPipeline } from '#engine/compile/check-pipeline.ts'
import { parsePipelineText } from '#engine/model/parse-pipeline.ts'
import { printPipeline } from '#engine/model/print-pipeline.ts'
import { firstPiece, galleryPieces } from './gallery.ts'

describe('gallery', () => {
  it.each(galleryPieces.map((piece) => [piece.id, piece] as const))('%s has no problem at all', (_id, { pipeline }) => {
    const checked = checkPipeline(pipeline)
    expect(checked.diagnostics).toEqual([])
    expect(checked.runnable).toBe(true)
    expect([...checked.nodes.values()].filter((node) => !node.live)).toEqual([])
  })

  it.each(galleryPieces.map((piece) => [piece.id, piece] as const))(
    '%s can be saved and read again',
    (_id, { pipeline }) => {
      const read = parsePipelineText(printPipeline(pipeline))
      expect(read).toEqual({ ok: true, value: pipeline })
      expect(pipeline.description).not.toBe('')
    },
  )

  it('begins with a word count that needs nothing from outside', () => {
    const { pipeline } = firstPiece()
    expect(pipeline.name).toBe('Word count')
    expect([...checkPipeline(pipeline).nodes.values()].flatMap((node) => node.bound?.destinations ?? [])).toEqual([])
  })
})
