/** Notes as HTML: Markdown without HTML, without images (a report loads nothing), links to https only. */
import katex from 'katex';
import MarkdownIt from 'markdown-it';
import { FORMULA_OPTIONS, withFormulas } from '../../text/formulas.ts';

const markdown = withFormulas(new MarkdownIt({ html: false, linkify: false, typographer: false })).disable(['image']);
markdown.validateLink = (url) => /^(?:https:\/\/|#)/i.test(url.trim());
const renderLink = markdown.renderer.rules.link_open;
markdown.renderer.rules.link_open = (tokens, index, options, environment, self) => {
  tokens[index].attrSet('rel', 'noopener noreferrer');
  return renderLink ? renderLink(tokens, index, options, environment, self) : self.renderToken(tokens, index, options);
};

// MathML: it needs neither styles nor fonts, which a page that loads nothing does not have
const formula = (source: string, displayMode: boolean): string =>
  katex.renderToString(source, { ...FORMULA_OPTIONS, displayMode, output: 'mathml' });
markdown.renderer.rules.formula = (tokens, index) => formula(tokens[index].content, false);
markdown.renderer.rules.formula_block = (tokens, index) => `<div>${formula(tokens[index].content, true)}</div>`;

export const renderMarkdown = (text: string): string => markdown.render(text);
