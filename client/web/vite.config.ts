// Build and development settings. The build must hold under the server's content security policy:
// no inline scripts, no data: fonts, every asset hashed and served from the same origin.
import locales from '@react-aria/optimize-locales-plugin';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { scriptBudget } from './build/script-budget.ts';

const server = process.env.CAIRN_DEV_SERVER ?? 'http://127.0.0.1:8080';

/**
 * What goes into one file. A page that is idle loads everything a map can show (`loadParts`): a file for each part would be a hundred
 * requests from each of hundreds of people who come at once.
 */
const FILES = [
  { name: 'first', tags: ['$initial' as const], priority: 4 },
  // With all that it imports, which is what a map page shows first.
  { name: 'map', test: /src\/view\/MapPage\.tsx$/, priority: 3 },
  {
    name: 'screens',
    test: /src\/view\/(opportunities|report|present|versions|compare)\//,
    priority: 1,
  },
  { name: 'history', test: /src\/view\/history\//, priority: 0 },
  {
    name: 'workshop',
    test: /src\/view\/(map|mappage|workshop|facilitate|people|rounds|feelings|brainstorm)\//,
    priority: 2,
  },
];

export default defineConfig({
  plugins: [
    react(),
    // Cairn speaks English: React Aria's hints in thirty other languages are 15 kB that nobody should hear in an English page.
    locales.vite({ locales: ['en'] }),
    scriptBudget(),
  ],
  build: {
    outDir: 'dist',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: 'es2022',
    cssTarget: ['chrome123', 'firefox121', 'safari17.5'],
    rolldownOptions: { output: { codeSplitting: { groups: FILES } } },
  },
  server: {
    host: '127.0.0.1',
    proxy: {
      '/api': { target: server },
      '/sync': { target: server, ws: true },
    },
  },
  test: {
    include: ['src/**/*.test.{ts,tsx}', 'build/**/*.test.ts'],
    css: false,
    environment: 'node',
    // Ends only what hangs: a busy machine takes its time.
    testTimeout: 60_000,
  },
});
