import { invariant } from '#engine/model/invariant.ts'
import { parsePipeline } from '#engine/model/parse-pipeline.ts'
import type { Pipeline } from '#engine/model/pipeline.ts'
import liveFeed from '#ui/gallery/pipelines/live-feed.json' with { type: 'json' }
import ordersAndPayments from '#ui/gallery/pipelines/orders-and-payments.json' with { type: 'json' }
import ownReceivers from '#ui/gallery/pipelines/own-receivers.json' with { type: 'json' }
import runningTotals from '#ui/gallery/pipelines/running-totals.json' with { type: 'json' }
import typedLines from '#ui/gallery/pipelines/typed-lines.json' with { type: 'json' }
import windowedWordCount from '#ui/gallery/pipelines/windowed-word-count.json' with { type: 'json' }
import wordCount from '#ui/gallery/pipelines/word-count.json' with { type: 'json' }

/** A pipeline that ships with the app. */
export interface GalleryPiece {
  readonly id: string
  readonly pipeline: Pipeline
}

/** All pieces, in the order in which they are best looked at; the first one is what a first visit shows. */
export const galleryPieces: readonly GalleryPiece[] = [
  piece('word-count', wordCount),
  piece('windowed-word-count', windowedWordCount),
  piece('running-totals', runningTotals),
  piece('orders-and-payments', ordersAndPayments),
  piece('live-feed', liveFeed),
  piece('typed-lines', typedLines),
  piece('own-receivers', ownReceivers),
]

/** What a first visit shows. */
export function firstPiece(): GalleryPiece {
  const [first] = galleryPieces
  invariant(first, 'the gallery is not empty')
  return first
}

function piece(id: string, json: unknown): GalleryPiece {
  const parsed = parsePipeline(json)
  invariant(parsed.ok, `the gallery's ${id} cannot be read`)
  return { id, pipeline: parsed.value }
}
