/** Entry of the page. */
import './policy.ts';
import '@fontsource-variable/inter/wght.css';
import 'katex/dist/katex.min.css';
import './styles/tokens.css';
import './styles/base.css';
import './styles/controls.css';
import './styles/markdown.css';
import { createPinia } from 'pinia';
import { createApp } from 'vue';
import App from './App.vue';

createApp(App).use(createPinia()).mount('#app');
