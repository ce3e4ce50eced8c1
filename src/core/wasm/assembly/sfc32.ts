/**
 * sfc32 (C. Doty-Humphrey, PractRand), one generator at a time: bit for bit the `Stream` of src/core/math/random.ts.
 * A state is four 32-bit words in memory: a, b, c, counter.
 */

export const STATE_BYTES: usize = 16;
export const WARM_UP: i32 = 12;

/** Next 32-bit word. */
export function word(state: usize): u32 {
  const a = load<u32>(state);
  const b = load<u32>(state, 4);
  const c = load<u32>(state, 8);
  const counter = load<u32>(state, 12);
  const sum = a + b + counter;
  store<u32>(state, b ^ (b >> 9));
  store<u32>(state, c + (c << 3), 4);
  store<u32>(state, rotl<u32>(c, 21) + sum, 8);
  store<u32>(state, counter + 1, 12);
  return sum;
}

/** Uniform in (0, 1), 53 bits, never 0. */
export function uniform(state: usize): f64 {
  const high = word(state) >> 5;
  const low = word(state) >> 6;
  return (<f64>high * 67108864.0 + <f64>low + 0.5) / 9007199254740992.0;
}

/** Uniform in (0, 1), 32 bits, never 0. */
export function uniform32(state: usize): f64 {
  return (<f64>word(state) + 0.5) * (1.0 / 4294967296.0);
}

/** Mixes a state whose words were just set from a key. */
export function warmUp(state: usize): void {
  for (let k = 0; k < WARM_UP; k++) word(state);
}
