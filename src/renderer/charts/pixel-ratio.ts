/** Pixels of the screen for one of the page: they change with the page's zoom, and from screen to screen. */
import { ref } from 'vue';

const ratio = ref(window.devicePixelRatio || 1);

function watchRatio(): void {
  const query = typeof matchMedia === 'function' ? matchMedia(`(resolution: ${window.devicePixelRatio}dppx)`) : null;
  const changed = () => {
    ratio.value = window.devicePixelRatio || 1;
    watchRatio();
  };
  query?.addEventListener('change', changed, { once: true });
}
watchRatio();

/** Now, and reactive: what is drawn into pixels is drawn anew for others. */
export const pixelRatio = (): number => ratio.value;
