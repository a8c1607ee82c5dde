// Build and development settings. The build must hold under the server's content security policy:
// no inline scripts, no data: fonts, every asset hashed and served from the same origin.
import locales from '@react-aria/optimize-locales-plugin';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { scriptBudget } from './build/script-budget.ts';

const server = process.env.CAIRN_DEV_SERVER ?? 'http://127.0.0.1:8080';

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
