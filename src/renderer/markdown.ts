/**
 * Markdown as Vue nodes, token by token: no HTML string is ever made, so nothing in a note can become markup. HTML in
 * the source stays text, images become their alternative text, links are handed to who shows it.
 */
import MarkdownIt from 'markdown-it';
import { withFormulas } from '../text/formulas.ts';
import TexView from './components/model/TexView.vue';
import { h, type VNode, type VNodeArrayChildren } from 'vue';

const parser = withFormulas(new MarkdownIt({ html: false, linkify: true, typographer: false }));

type Token = ReturnType<typeof parser.parse>[number];

/** Elements that tokens may become. */
const ALLOWED = new Set(
  'p h1 h2 h3 h4 h5 h6 ul ol li blockquote pre code em strong s a hr br table thead tbody tr th td'.split(' '),
);

/** What a document may do beyond text. */
interface Reader {
  /** Called with the address of a link that was pressed. */
  openLink(url: string): void;
  /** Address of a picture's file; one that has none is its alternative text. */
  picture(source: string): string | undefined;
}

/** Notes have no pictures; documents of the program do. */
export function renderMarkdown(
  source: string,
  openLink: Reader['openLink'],
  picture: Reader['picture'] = () => undefined,
): VNode[] {
  return children(parser.parse(source, {}), { openLink, picture }) as VNode[];
}

function children(tokens: readonly Token[], reader: Reader): VNodeArrayChildren {
  const root: VNodeArrayChildren = [];
  const stack: { token: Token; nodes: VNodeArrayChildren }[] = [];
  const add = (node: VNodeArrayChildren[number]) => (stack[stack.length - 1]?.nodes ?? root).push(node);

  for (const token of tokens) {
    if (token.nesting === 1) stack.push({ token, nodes: [] });
    else if (token.nesting === -1) {
      const open = stack.pop();
      if (open) add(element(open.token, open.nodes, reader));
    } else add(leaf(token, reader));
  }
  return root;
}

function element(token: Token, nodes: VNodeArrayChildren, reader: Reader): VNodeArrayChildren[number] {
  if (token.hidden) return nodes;
  if (!ALLOWED.has(token.tag)) return h('span', nodes);
  if (token.tag !== 'a') return h(token.tag, nodes);
  const url = String(token.attrGet('href') ?? '');
  return h(
    'a',
    { href: url, title: url, onClick: (event: Event) => (event.preventDefault(), reader.openLink(url)) },
    nodes,
  );
}

function leaf(token: Token, reader: Reader): VNodeArrayChildren[number] {
  switch (token.type) {
    case 'inline':
      return children(token.children ?? [], reader);
    case 'formula':
    case 'formula_block':
      return h(TexView, { source: token.content, inline: token.type === 'formula' });
    case 'image': {
      const src = reader.picture(String(token.attrGet('src') ?? ''));
      return src === undefined ? token.content : h('img', { src, alt: token.content });
    }
    case 'softbreak':
      return '\n';
    case 'hardbreak':
      return h('br');
    case 'hr':
      return h('hr');
    case 'code_inline':
      return h('code', token.content);
    case 'fence':
    case 'code_block':
      return h('pre', h('code', token.content));
    default:
      return token.content;
  }
}
