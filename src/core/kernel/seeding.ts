/** Seeds of the generators with several lanes (assembly/normals.ts, assembly/words.ts). */
import { type Stream } from '../math/random.ts';

/** Words of a lane that are seeded; its counter is not. */
const LANE_WORDS = 3;
/** Lanes of one generator: those of a vector. */
const LANES_PER_GENERATOR = 4;

/**
 * Fills the state of one or more four-lane generators: a, b, c of the first four lanes, then of the next.
 * @param into 12 words per generator.
 * @param stream each lane has a child of it.
 */
export function writeLaneKeys(into: Uint32Array, stream: Stream): void {
  for (let lane = 0; lane < into.length / LANE_WORDS; lane++) {
    const laneKey = stream.child('lane', lane).key;
    const generator = Math.floor(lane / LANES_PER_GENERATOR);
    for (let word = 0; word < LANE_WORDS; word++) {
      const vector = generator * LANE_WORDS + word;
      into[vector * LANES_PER_GENERATOR + (lane % LANES_PER_GENERATOR)] = laneKey[word];
    }
  }
}
