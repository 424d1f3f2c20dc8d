import { SteppedSearch } from './stepped'

const PARTICLES = 50
const INERTIA = 0.7
/** How strongly a particle is drawn to the best it has seen, and to the best that all have seen. */
const OWN = 1.5
const COMMON = 1.5

interface Particle {
  /** [N] in [0, K): task i is at place ⌊x_i⌋. */
  position: Float64Array
  velocity: Float64Array
  own: { position: Float64Array; cost: number }
}

/**
 * Particle swarm optimisation (J. Kennedy, R. Eberhart 1995, with inertia) over positions in [0, K)^N, of which whole parts are places. One
 * particle starts at the plan that is given, in the middle of its places; one that would leave stops at the border.
 */
export class ParticleSwarm extends SteppedSearch {
  protected override *course(): Generator<void, void, void> {
    const { random, tasks, places: K } = this
    const leader = Float64Array.from(this.best.placement, (place) => place + 0.5)
    let common = this.best.cost
    const particles: Particle[] = []
    const placement = new Uint8Array(tasks)
    const look = (particle: Particle): void => {
      placement.set(particle.position)
      const cost = this.evaluate(placement)
      if (cost < particle.own.cost) {
        particle.own.cost = cost
        particle.own.position.set(particle.position)
      }
      if (cost < common) {
        common = cost
        leader.set(particle.position)
      }
    }
    particles.push(particleAt(leader, new Float64Array(tasks), common))
    while (particles.length < PARTICLES) {
      const position = Float64Array.from(this.drawn(), (place) => place + random.uniform())
      const velocity = Float64Array.from(position, () => random.between(-K / 2, K / 2))
      const particle = particleAt(position, velocity, Infinity)
      particles.push(particle)
      look(particle)
      yield
    }
    for (;;) {
      for (const particle of particles) {
        const { position, velocity, own } = particle
        for (let i = 0; i < tasks; i++) {
          velocity[i] =
            INERTIA * velocity[i] +
            OWN * random.uniform() * (own.position[i] - position[i]) +
            COMMON * random.uniform() * (leader[i] - position[i])
          const moved = position[i] + velocity[i]
          position[i] = Math.min(Math.max(moved, 0), K - BORDER)
          if (position[i] !== moved) velocity[i] = 0
        }
        look(particle)
        yield
      }
    }
  }
}

/** Positions stay this far below K, so that there is a place for each. */
const BORDER = 1e-9

function particleAt(position: Float64Array, velocity: Float64Array, cost: number): Particle {
  return { position: position.slice(), velocity, own: { position: position.slice(), cost } }
}
