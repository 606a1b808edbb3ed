import './api/jitless.ts';
import './api/return-address.ts';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { watchWhoIsHere } from './api/one-person.ts';
import { sessionQuery } from './api/queries.ts';
import { queryClient } from './api/query-client.ts';
import { router } from './app/router.tsx';
import './styles.css';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');

watchWhoIsHere();
const patienceMs = 1500;
// Who looks decides what there is to see; asked before the first paint, nothing that is shown is taken away again.
void Promise.race([
  queryClient.prefetchQuery(sessionQuery),
  new Promise((resolve) => setTimeout(resolve, patienceMs)),
]).then(() =>
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </StrictMode>,
  ),
);
