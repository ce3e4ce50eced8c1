/** Draws figures one a frame, so that typing and clicking never wait for all of them; the first one at once. */
const waiting = new Map<symbol, () => void>();
let scheduled = false;
/** A drawing that no frame has shown yet. */
let unseen = false;

/** Asks for a drawing; asked again before its turn, the latest counts. */
export function queueDraw(owner: symbol, draw: () => void): void {
  waiting.set(owner, draw);
  schedule();
}

export function forgetDraw(owner: symbol): void {
  waiting.delete(owner);
}

/** Calls back once everything that waits now, and what asks in the same moment, is drawn and painted. */
export function afterDraws(done: () => void): void {
  requestAnimationFrame(() => {
    if (waiting.size > 0) afterDraws(done);
    else requestAnimationFrame(done);
  });
}

function schedule(): void {
  if (scheduled || unseen || waiting.size === 0) return;
  scheduled = true;
  setTimeout(() => {
    scheduled = false;
    const [next] = waiting;
    if (!next) return;
    waiting.delete(next[0]);
    unseen = true;
    requestAnimationFrame(() => {
      unseen = false;
      schedule();
    });
    next[1]();
  });
}
