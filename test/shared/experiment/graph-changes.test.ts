import { describe, expect, it } from 'vitest'
import { withGraphChanges } from '@shared/experiment/graph-changes'
import { isStream } from '@shared/model/streams'
import { presetScenario } from '../../main/learn/worlds'

const NONE = { links: [], nodes: [] }

describe('a changed scenario of graphs', () => {
  it('is the same where nothing is changed, and keeps what is not', () => {
    const stream = presetScenario('shared-stream')
    expect(withGraphChanges(stream, NONE)).toEqual(stream)
    const changed = withGraphChanges(stream, { ...NONE, together: 5, gapSeconds: 9, energyWeight: 2 })
    expect(changed.workload).toMatchObject({ generator: { together: 5, gapSeconds: 9 } })
    expect(changed.objective).toEqual({ ...stream.objective, energyWeight: 2 })
    expect([changed.topology, isStream(changed)]).toEqual([stream.topology, true])
  })

  it('has no arrival rate where all come at once, and no other number where workflows are listed', () => {
    const batch = presetScenario('shared-4x10')
    expect(() => withGraphChanges(batch, { ...NONE, gapSeconds: 1 })).toThrow('no arrival rate')
    const listed = { ...batch, workload: { name: 'mine', workflows: [] } }
    expect(() => withGraphChanges(listed, { ...NONE, together: 1 })).toThrow('"mine" are listed')
  })
})
