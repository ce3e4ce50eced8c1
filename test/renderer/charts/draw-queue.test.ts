import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { forgetDraw, queueDraw } from '../../../src/renderer/charts/draw-queue.ts';

describe('the queue of drawings', () => {
  const frames: FrameRequestCallback[] = [];
  const frame = () => frames.splice(0).forEach((callback) => callback(0));

  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout'] });
    vi.stubGlobal('requestAnimationFrame', (callback: FrameRequestCallback) => frames.push(callback));
  });

  afterEach(() => {
    vi.runAllTimers();
    frame();
    vi.unstubAllGlobals();
    vi.useRealTimers();
  });

  it('draws the first at once and one after every frame', () => {
    const drawn: string[] = [];
    for (const name of ['a', 'b', 'c']) queueDraw(Symbol(name), () => drawn.push(name));
    expect(drawn).toEqual([]);
    vi.runAllTimers();
    expect(drawn).toEqual(['a']);
    frame();
    vi.runAllTimers();
    expect(drawn).toEqual(['a', 'b']);
    frame();
    vi.runAllTimers();
    expect(drawn).toEqual(['a', 'b', 'c']);
  });

  it('draws the latest of an owner that asks again, and nothing of one that is gone', () => {
    const drawn: string[] = [];
    const [one, gone] = [Symbol('one'), Symbol('gone')];
    queueDraw(one, () => drawn.push('earlier'));
    queueDraw(one, () => drawn.push('later'));
    queueDraw(gone, () => drawn.push('gone'));
    forgetDraw(gone);
    vi.runAllTimers();
    frame();
    vi.runAllTimers();
    expect(drawn).toEqual(['later']);
  });

  it('draws also after a drawing that fails', () => {
    const drawn: string[] = [];
    queueDraw(Symbol('fails'), () => {
      throw new Error('no drawing');
    });
    queueDraw(Symbol('next'), () => drawn.push('next'));
    expect(() => vi.runAllTimers()).toThrow('no drawing');
    frame();
    vi.runAllTimers();
    expect(drawn).toEqual(['next']);
  });
});
