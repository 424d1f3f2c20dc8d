import { advance } from '@shared/model/advance'
import { BatchEpisode } from '@shared/model/batch/episode'
import { type Release, Stream } from '@shared/model/search/causal'
import { referenceOf } from '@shared/model/search/reference'
import type { BatchSight } from './problem'
import { Features } from './features'

/**
 * Places an episode by `place`, which is asked at each release of a stream for what is released then, on machines as those before have left
 * them; for the whole where it is not a stream.
 */
export function releaseByRelease(sight: BatchSight, place: (sight: BatchSight) => Uint8Array): Uint8Array {
  const stream = Stream.of(sight.model.executor)
  if (!stream) return place(sight)
  return stream.place((release) => {
    advance()
    return place(sightOf(release, sight))
  })
}

/** A release as an episode of its own; the stream's sight says for what its networks are made. */
function sightOf({ executor }: Release, whole: BatchSight): BatchSight {
  let features: Features | undefined
  return {
    model: new BatchEpisode(executor, referenceOf),
    get features() {
      features ??= new Features(executor, whole.features.shape)
      return features
    }
  }
}
