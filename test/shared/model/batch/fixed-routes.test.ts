import { MachineRoom, Machines } from '@shared/model/batch/machines'
import { pathsFrom } from '@shared/model/path'
import { transferSeconds } from '@shared/model/routes'
import { compileEnvironment, routesBetween } from '@shared/model/environment'
import { devicesOf, type Topology } from '@shared/model/topology'
import { describe, expect, it } from 'vitest'
import { topologies } from '../worlds'
import { cases, cloud, device, edge, fc, link, PLAIN } from './worlds'

const sizes = fc.array(fc.oneof(fc.constant(0), fc.double({ min: 1e-6, max: 200, noNaN: true })), { minLength: 1, maxLength: 12 })

/** The link directions of a route, by the ends they lead between. */
function hopsOf({ routes, places, ...machines }: Machines, device: number, megabytes: number, from: number, to: number) {
  const { base } = routes.tableFor(device, megabytes)
  const route = routes.between[base + from * places + to]
  if (route < 0) return undefined
  return Array.from(routes.direction.subarray(routes.start[route], routes.start[route + 1]), (direction) =>
    machinesEnds(machines.links, direction)
  )
}

const machinesEnds = (links: Machines['links'], direction: number) => {
  const { from, to } = links[direction >> 1]
  return direction % 2 === 0 ? `${from}>${to}` : `${to}>${from}`
}

describe('the fixed routes of a device', () => {
  it('are for every size, in whatever order sizes are met, those that Dijkstra finds for it', () => {
    fc.assert(
      fc.property(topologies, sizes, (topology, all) => {
        const devices = devicesOf(topology).map(({ id }) => id)
        const machines = new Machines(topology, devices)
        devices.forEach((own, d) => {
          const environment = compileEnvironment(topology, own, PLAIN)
          const places = environment.locations
          for (const megabytes of all) {
            places.forEach(({ id: from }, p) => {
              const paths = pathsFrom(topology, from, megabytes)
              places.forEach(({ id: to }, q) => {
                const hops = hopsOf(machines, d, megabytes, p, q)
                const envelope = routesBetween(environment, p, q)
                if (envelope.length === 0) return expect(hops).toBeUndefined()
                expect(hops).toEqual(paths.get(to)?.hops.map((hop) => `${hop.from}>${hop.to}`))
                const { routes } = machines
                const { base } = routes.tableFor(d, megabytes)
                const route = routes.between[base + p * machines.places + q]
                const seconds = routes.seconds[route] + routes.secondsPerMegabyte[route] * megabytes
                const expected = transferSeconds(envelope, megabytes)
                // Of routes whose times differ by rounding alone the shorter one is taken.
                expect(Math.abs(seconds - expected)).toBeLessThanOrEqual(1e-11 * expected)
              })
            })
          }
        })
      }),
      cases(300)
    )
  })

  const ties = (links: Topology['links'], relays = true): Machines =>
    new Machines({ name: 'ties', nodes: [device('d'), edge('e', { relays }), edge('f'), cloud('c')], links }, ['d'])

  it('have fewer hops where two are equally fast, then earlier links of the topology', () => {
    const direct = link('d', 'c', 1)
    const over = (node: string) => [link('d', node, 2), link(node, 'c', 2)]
    expect(hopsOf(ties([...over('e'), direct]), 0, 5, 0, 3)).toEqual(['d>c'])
    expect(hopsOf(ties([...over('e'), ...over('f')]), 0, 5, 0, 3)).toEqual(['d>e', 'e>c'])
    expect(hopsOf(ties([...over('f'), ...over('e')]), 0, 5, 0, 3)).toEqual(['d>f', 'f>c'])
    // Back, the first hop counts first: c–f is the later link of the two.
    expect(hopsOf(ties([link('d', 'f', 2), ...over('e'), link('f', 'c', 2)]), 0, 5, 3, 0)).toEqual(['c>e', 'e>d'])
    // Nothing takes no time on any route, so the shortest carries it.
    expect(hopsOf(ties([...over('e'), link('d', 'c', 0.1)]), 0, 0, 0, 3)).toEqual(['d>c'])
    expect(hopsOf(ties([...over('e'), link('d', 'c', 0.1)]), 0, 1, 0, 3)).toEqual(['d>e', 'e>c'])
  })

  it('lead through nothing that does not relay', () => {
    const links = [link('d', 'e', 9), link('e', 'c', 9), link('d', 'f'), link('f', 'c')]
    expect(hopsOf(ties(links, false), 0, 5, 0, 3)).toEqual(['d>f', 'f>c'])
    expect(hopsOf(ties(links.slice(0, 2), false), 0, 5, 0, 3)).toBeUndefined()
    // What the device cannot reach is not used, although e has a link to it.
    expect(hopsOf(ties(links.slice(0, 2), false), 0, 5, 1, 3)).toBeUndefined()
  })
})

describe('the machines of a topology', () => {
  it('are made once for the same devices in the same order', () => {
    const room = new MachineRoom({ name: 'two', nodes: [device('d'), device('d2'), edge('e')], links: [link('d2', 'e'), link('e', 'd')] })
    expect(room.of(['d', 'd2'])).toBe(room.of(['d', 'd2']))
    expect(room.of(['d2']).links).toEqual([link('d2', 'e')])
    expect(room.of(['d']).nodes.map(({ id }) => id)).toEqual(['d', 'e'])
    expect(room.of(['d']).ends(1)).toEqual(['d', 'e'])
  })

  it('refuse links to unknown nodes and cores that are not a whole number above 0', () => {
    const nodes = [device('d')]
    expect(() => new Machines({ name: 'x', nodes, links: [link('d', 'nowhere')] }, ['d'])).toThrow('link d–nowhere joins an unknown node')
    expect(() => new Machines({ name: 'x', nodes: [device('d', { cores: 0 })], links: [] }, ['d'])).toThrow(
      'node "d" says cores 0; it must be a whole number above 0'
    )
  })
})
