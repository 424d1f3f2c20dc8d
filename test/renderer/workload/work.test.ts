import { readWorkload } from '@shared/formats'
import { describe, expect, it } from 'vitest'
import { workOf } from '../../../src/renderer/workload/work'
import { generated, sharedGenerated, sharedWorkload, workload } from '../../shared/formats/documents'

describe('a workload in the hand', () => {
  it.each([
    ['workflows', workload()],
    ['a generator', generated()],
    ['workflows of a batch', sharedWorkload()],
    ['a generator of graphs', sharedGenerated()]
  ])('keeps all of its document, what it does not edit included: %s', (_, document) => {
    expect(workOf(document, 'untitled')).toEqual(document)
    expect(readWorkload(workOf(document, 'untitled'))).toEqual(readWorkload(document))
  })

  it('is of the first version where the document bears no name of ours', () => {
    expect(workOf({ format: 'poem' }, 'untitled')).toMatchObject({ format: 'dmro-workload/1', name: 'untitled' })
  })
})
