import '@/lib/theme/index.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { RouterProvider } from 'react-router';
import { Providers } from './providers';
import { router } from './router';

const root = document.getElementById('root');
if (!root) throw new Error('The page has no place for the console.');

createRoot(root).render(
  <StrictMode>
    <Providers>
      <RouterProvider router={router} />
    </Providers>
  </StrictMode>,
);

if (import.meta.env.PROD) {
  // Whoever has begun to write keeps it: a new version then waits for the next load.
  let written = false;
  addEventListener('input', () => (written = true), { once: true });
  const onNeedReload = () => written || window.location.reload();
  void import('virtual:pwa-register').then(({ registerSW }) => registerSW({ onNeedReload }));
}
