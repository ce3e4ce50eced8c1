/** Shows a page of the help: its links lead to other pages, its pictures are those of the tour. */
import { defineComponent, h, type PropType } from 'vue';
import { pictureOf, type HelpPage } from '../../help/pages.ts';
import { renderMarkdown } from '../../markdown.ts';

export default defineComponent({
  name: 'HelpArticle',
  props: { page: { type: Object as PropType<HelpPage>, required: true } },
  emits: { link: (url: string) => url !== '' },
  setup: (props, { emit }) => {
    return () =>
      h(
        'div',
        { class: 'markdown', lang: props.page.reference ? 'en' : undefined },
        renderMarkdown(props.page.source, (url) => emit('link', url), pictureOf),
      );
  },
});
