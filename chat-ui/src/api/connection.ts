import { createStore } from '../ui/store.ts';

export type Connection = 'up' | 'down';

/** Whether the server answered when last asked. */
export const connection = createStore<Connection>('up');

const checkEveryMs = 15_000;
const retryEveryMs = 3_000;
const patienceMs = 4_000;
let timer: ReturnType<typeof setTimeout> | undefined;

/** Asks the server whether it is alive and plans the next time; answers at once when it is. */
export async function checkConnection(): Promise<Connection> {
  clearTimeout(timer);
  const state = await probe();
  connection.set(state);
  timer = setTimeout(() => void checkConnection(), state === 'up' ? checkEveryMs : retryEveryMs);
  return state;
}

async function probe(): Promise<Connection> {
  if (document.hidden) return connection.get();
  try {
    const response = await fetch('/healthz', { cache: 'no-store', signal: AbortSignal.timeout(patienceMs) });
    return response.ok ? 'up' : 'down';
  } catch {
    return 'down';
  }
}

function untilUp(): Promise<void> {
  return new Promise((resolve) => {
    const unsubscribe = connection.subscribe(() => {
      if (connection.get() === 'down') return;
      unsubscribe();
      resolve();
    });
  });
}

/**
 * Loads a part of the page that is fetched when needed. While the server is silent it waits for it, where the router
 * would reload the page into the browser's own error.
 * @throws what `load` throws although the server answers: after an upgrade the part has another name
 */
export async function patiently<T>(load: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await load();
    } catch (error) {
      if ((await checkConnection()) === 'up') throw error;
      await untilUp();
    }
  }
}

/** Follows the connection for as long as the page is open. */
export function watchConnection(): void {
  // Being offline says nothing about a server on the same machine: ask it.
  window.addEventListener('offline', () => void checkConnection());
  window.addEventListener('online', () => void checkConnection());
  document.addEventListener('visibilitychange', () => void checkConnection());
  timer = setTimeout(() => void checkConnection(), checkEveryMs);
}
