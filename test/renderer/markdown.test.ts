import { mount } from '@vue/test-utils';
import { describe, expect, it, vi } from 'vitest';
import { defineComponent, h } from 'vue';
import { renderMarkdown } from '../../src/renderer/markdown.ts';

const shown = (source: string, open = vi.fn()) =>
  mount(defineComponent(() => () => h('div', renderMarkdown(source, open))));

describe('notes in Markdown', () => {
  it('become elements', () => {
    const html = shown('# A\n\nx **b** *i* `c`\n\n- one\n- two\n\n|a|b|\n|-|-|\n|1|2|').html();
    for (const tag of [
      '<h1>A</h1>',
      '<strong>b</strong>',
      '<em>i</em>',
      '<code>c</code>',
      '<li>one</li>',
      '<td>1</td>',
    ]) {
      expect(html).toContain(tag);
    }
  });

  it.each([
    '<img src=x onerror=alert(1)>',
    '<script>alert(1)</script>',
    '[x](javascript:alert(1))',
    '![x](https://tracker.example/a.png)',
    '<div style="position:fixed">x</div>',
  ])('%s does not become markup', (source) => {
    const wrapper = shown(source);
    expect(wrapper.findAll('img, script, [style], [onerror]')).toEqual([]);
    expect(wrapper.html()).not.toContain('href="javascript');
  });

  it('ask the main process to open links, and never follow them', async () => {
    const open = vi.fn();
    const wrapper = shown('[paper](https://arxiv.org/abs/2510.14074)', open);
    const event = new MouseEvent('click', { bubbles: true, cancelable: true });
    wrapper.get('a').element.dispatchEvent(event);
    expect(event.defaultPrevented).toBe(true);
    expect(open).toHaveBeenCalledWith('https://arxiv.org/abs/2510.14074');
  });
});
