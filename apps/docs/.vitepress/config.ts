import { existsSync, readFileSync } from 'node:fs';
import { katex } from '@mdit/plugin-katex';
import { type DefaultTheme, defineConfig } from 'vitepress';

/** Written by TypeDoc before the site is built; in `docs:dev` without it, the reference is not there. */
function apiSidebar(): DefaultTheme.SidebarItem[] {
  const file = new URL('../api/typedoc-sidebar.json', import.meta.url);
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : [];
}

const guide: DefaultTheme.SidebarItem[] = [
  {
    text: 'Guide',
    items: [
      { text: 'Getting started', link: '/guide/getting-started' },
      { text: 'Bring your own data', link: '/guide/own-data' },
      { text: 'Save and load', link: '/guide/save-and-load' },
      { text: 'How it is tested', link: '/guide/testing' },
      { text: 'Benchmarks', link: '/benchmarks/' },
    ],
  },
  {
    text: 'Packages',
    items: [
      { text: '@jogak/ops', link: '/packages/ops' },
      { text: '@jogak/backend-simd', link: '/packages/backend-simd' },
      { text: 'Kernels by backend', link: '/packages/kernels' },
      { text: '@jogak/layers', link: '/packages/layers' },
      { text: '@jogak/optimizers', link: '/packages/optimizers' },
      { text: '@jogak/datasets', link: '/packages/datasets' },
      { text: '@jogak/samples', link: '/packages/samples' },
      { text: '@jogak/models', link: '/packages/models' },
      { text: 'jogak', link: '/packages/jogak' },
      { text: '@jogak/cli', link: '/packages/cli' },
    ],
  },
];

const recipes: DefaultTheme.SidebarItem[] = [
  {
    text: 'Recipes',
    link: '/recipes/',
    items: [
      { text: 'convolution-network', link: '/recipes/convolution-network' },
      { text: 'fashion-cnn', link: '/recipes/fashion-cnn' },
      { text: 'fashion-cnn-dropout', link: '/recipes/fashion-cnn-dropout' },
      { text: 'recurrent-network', link: '/recipes/recurrent-network' },
      { text: 'imdb-rnn', link: '/recipes/imdb-rnn' },
      { text: 'imdb-embedding-rnn', link: '/recipes/imdb-embedding-rnn' },
      { text: 'imdb-lstm', link: '/recipes/imdb-lstm' },
      { text: 'spam-lstm', link: '/recipes/spam-lstm' },
      { text: 'Results', link: '/recipes/results' },
    ],
  },
];

export default defineConfig({
  title: 'Jogak',
  description: 'Deep learning in TypeScript, made of small packages that fit together.',
  lang: 'en',
  cleanUrls: true,
  head: [['link', { rel: 'icon', type: 'image/svg+xml', href: '/logo.svg' }]],
  srcExclude: ['README.md'],
  // Everything by `localhost` is for the reader's own machine.
  ignoreDeadLinks: 'localhostLinks',
  themeConfig: {
    logo: '/logo.svg',
    nav: [
      { text: 'Guide', link: '/guide/getting-started', activeMatch: '/(guide|packages|benchmarks)/' },
      { text: 'Recipes', link: '/recipes/', activeMatch: '/recipes/' },
      { text: 'API', link: '/api/', activeMatch: '/api/' },
    ],
    sidebar: { '/guide/': guide, '/packages/': guide, '/benchmarks/': guide, '/recipes/': recipes, '/api/': apiSidebar() },
    outline: [2, 3],
    search: { provider: 'local' },
  },
  markdown: {
    config: md => {
      // Equations have braces that Vue would take for its own: v-pre tells it to leave them.
      katex(md as unknown as Parameters<typeof katex>[0], { transformer: html => html.replace(/^<(\w+)/, '<$1 v-pre') });
    },
  },
  vite: {
    worker: { format: 'es' },
    // Lets the demo's worker share memory with threads; a site served without these headers computes on one.
    server: { headers: { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' } },
    // What the worker imports is found before it starts; found later, it would make the page load again in the middle of a training.
    optimizeDeps: { entries: ['.vitepress/theme/demo/*.ts'] },
    // The embedded sample is one chunk of 4 MB, which is loaded when training is asked for.
    build: { chunkSizeWarningLimit: 5000 },
  },
});
