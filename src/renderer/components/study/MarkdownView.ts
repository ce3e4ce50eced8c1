/** Shows Markdown; see markdown.ts. */
import { defineComponent, h } from 'vue';
import { t } from '../../i18n/index.ts';
import { lab } from '../../lab.ts';
import { renderMarkdown } from '../../markdown.ts';
import { useToasts } from '../../stores/toasts.ts';

export default defineComponent({
  name: 'MarkdownView',
  props: { source: { type: String, required: true } },
  setup(props) {
    const toasts = useToasts();
    async function open(url: string): Promise<void> {
      if (!(await lab().openLink({ url }))) toasts.trouble(t('about.notOpened', { url }));
    }
    return () =>
      h(
        'div',
        { class: 'markdown' },
        renderMarkdown(props.source, (url) => void open(url)),
      );
  },
});
