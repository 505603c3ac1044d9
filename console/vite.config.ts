import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { VitePWA } from 'vite-plugin-pwa';
import { defineConfig } from 'vitest/config';

const server = process.env.TOCSIN_SERVER ?? 'http://localhost:8000';

/** Addresses that the server answers itself; the offline shell must never stand in for them. */
const answeredByServer = [
  /\/api(\/|$)/,
  /\/status(\/|$)/,
  /\/(healthz|metrics)$/,
  /\/(ping|intake|v2)\//,
];

export default defineConfig({
  base: './',
  plugins: [
    react(),
    VitePWA({
      registerType: 'autoUpdate',
      injectRegister: null,
      includeAssets: ['icon.svg', 'theme.js'],
      manifest: {
        name: 'Tocsin',
        short_name: 'Tocsin',
        description: 'From the first sign of trouble to the lesson learnt.',
        display: 'standalone',
        start_url: './board',
        scope: './',
        background_color: '#0B0C0F',
        theme_color: '#0B0C0F',
        icons: [
          { src: 'icon-192.png', sizes: '192x192', type: 'image/png' },
          { src: 'icon-512.png', sizes: '512x512', type: 'image/png', purpose: 'any maskable' },
        ],
      },
      workbox: {
        globPatterns: ['**/*.{js,css,html,svg,woff2}'],
        globIgnores: ['**/*-{cyrillic,greek,vietnamese}*'],
        navigateFallbackDenylist: answeredByServer,
        cleanupOutdatedCaches: true,
      },
    }),
  ],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  // The server's policy takes no data: fonts, so nothing is inlined.
  build: {
    assetsInlineLimit: 0,
    target: 'es2022',
    cssTarget: ['chrome123', 'safari17.5', 'firefox121'],
  },
  server: {
    port: 5173,
    proxy: Object.fromEntries(
      ['/api', '^/status(/|$)', '/healthz'].map((path) => [path, { target: server, ws: true }]),
    ),
  },
  test: {
    environment: 'jsdom',
    setupFiles: ['./vitest.setup.ts'],
    include: ['src/**/*.test.{ts,tsx}'],
    css: { modules: { classNameStrategy: 'non-scoped' } },
    restoreMocks: true,
    testTimeout: 30_000,
    env: { TZ: 'Europe/Brussels' },
  },
});
