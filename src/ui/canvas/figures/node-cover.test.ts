import fc from 'fast-check'
import { expect, test } from 'vitest'
import { NODE_HEIGHT, NODE_WIDTH } from '#ui/canvas/layout/geometry.ts'
import { NodeCover } from './node-cover.ts'

const at = (id: string, x: number, y: number, z = 0) => ({ id, x, y, z })
const figure = (x: number, y: number) => ({ x: x + NODE_WIDTH - 50, y: y + 30, width: 40, height: 19 })

test('a later node lies above, a lifted one above all, and edges below every node', () => {
  const cover = new NodeCover([at('a', 0, 0), at('b', 100, 20), at('c', 120, 10, 1000)])
  expect(cover.above(figure(0, 0), 'a')).toHaveLength(2)
  expect(cover.above(figure(100, 20), 'b')).toEqual([{ x: 120, y: 10, width: NODE_WIDTH, height: NODE_HEIGHT }])
  expect(cover.above(figure(120, 10), 'c')).toEqual([])
  expect(cover.above(figure(0, 0), undefined)).toHaveLength(3)
  expect(cover.above(figure(1000, 1000), undefined)).toEqual([])
})

test('finds what a look at all nodes finds, wherever they stand', () => {
  const place = fc.integer({ min: -600, max: 600 })
  const node = fc.tuple(place, place, fc.constantFrom(0, 0, 0, 1000))
  fc.assert(
    fc.property(fc.array(node, { minLength: 1, maxLength: 20 }), place, place, fc.nat(), (places, x, y, pick) => {
      const nodes = places.map(([nodeX, nodeY, z], index) => at(`n${index}`, nodeX, nodeY, z))
      const holder = nodes[pick % nodes.length]
      const box = { x, y, width: 40, height: 19 }
      const touching = nodes.filter(
        (each) => each.x < x + 40 && each.x + NODE_WIDTH > x && each.y < y + 19 && each.y + NODE_HEIGHT > y,
      )
      const above = touching.filter(
        (each) =>
          holder !== undefined &&
          (each.z > holder.z || (each.z === holder.z && nodes.indexOf(each) > nodes.indexOf(holder))),
      )
      const found = (id: string | undefined) => new NodeCover(nodes).above(box, id).map((each) => `${each.x} ${each.y}`)
      expect(found(holder?.id).sort()).toEqual(above.map((each) => `${each.x} ${each.y}`).sort())
      expect(found(undefined)).toHaveLength(touching.length)
    }),
  )
})
