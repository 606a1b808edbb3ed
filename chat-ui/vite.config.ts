import { fileURLToPath } from 'node:url';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const server = 'http://127.0.0.1:8787';

/** The server checks `Origin` and `Host`, so the proxy presents itself as a page of the server. */
const proxied = { target: server, changeOrigin: true, headers: { origin: server } };

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [react(), tailwindcss()],
  build: {
    outDir: fileURLToPath(new URL('../dist/chat-ui', import.meta.url)),
    emptyOutDir: true,
    target: 'es2022',
    rolldownOptions: {
      output: {
        codeSplitting: {
          // What every page needs and what rarely changes: cached apart from our own code.
          groups: [
            { name: 'react', test: /node_modules[\\/](react|react-dom|scheduler)[\\/]/ },
            { name: 'tanstack', test: /node_modules[\\/]@tanstack[\\/]/ },
            {
              name: 'client',
              test: /node_modules[\\/]zod[\\/]|[\\/](contracts|client)[\\/]|[\\/]api[\\/]jitless/,
            },
            // Each of these is small, and a page needs twenty of them: one file instead, but without what shows Markdown.
            {
              name: 'ui',
              test: /node_modules[\\/](lucide-react|radix-ui|@radix-ui|@floating-ui|sonner|cmdk|clsx|tailwind-merge)[\\/]|[\\/]src[\\/]ui[\\/](?!markdown)/,
            },
          ],
        },
      },
    },
  },
  server: {
    host: '127.0.0.1',
    port: 5173,
    proxy: {
      '/api': proxied,
      '/openapi.json': proxied,
      '/docs': proxied,
      '/metrics': proxied,
      '/healthz': proxied,
    },
  },
});
