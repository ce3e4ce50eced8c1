/** A line of text with its formulas set. */
import { defineComponent, h } from 'vue';
import { piecesOf } from '../../../text/formulas.ts';
import TexView from '../model/TexView.vue';

export default defineComponent({
  name: 'FormulaText',
  props: { source: { type: String, required: true } },
  setup: (props) => () =>
    h(
      'span',
      piecesOf(props.source).map(({ kind, text }) =>
        kind === 'formula' ? h(TexView, { source: text, inline: true }) : text,
      ),
    ),
});
