import { ParlanceClient } from '#client';
import { asParlanceError, ParlanceError } from '#contracts';
import { createStore, recall, remember } from '../ui/store.ts';
import { client } from './client.ts';

const storageKey = 'parlance.customer-token';

/**
 * What makes this browser a customer. Kept in localStorage: a customer comes back days later, in another tab, and has no
 * password. Null until the first message.
 */
export const customerToken = createStore<string | null>(recall('localStorage', storageKey));
customerToken.subscribe(() => remember('localStorage', storageKey, customerToken.get()));

// Another tab of this browser is the same customer.
window.addEventListener('storage', ({ key, newValue }) => key === storageKey && customerToken.set(newValue));

let becoming: Promise<string> | undefined;

/** The token, made by whoever the page is signed in as when there is none. Throws `forbidden` where strangers are not let in. */
export async function becomeCustomer(): Promise<string> {
  const known = customerToken.get();
  if (known) return known;
  becoming ??= client()
    .customers.create()
    .then(({ token }) => {
      customerToken.set(token);
      return token;
    })
    .finally(() => {
      becoming = undefined;
    });
  return becoming;
}

/** The client as which this browser's customer speaks. */
export const customerClient = async (): Promise<ParlanceClient> =>
  new ParlanceClient({ apiKey: await becomeCustomer() });

/** Does something as the customer. A token the server does not know any more is forgotten; the next message makes another. */
export async function asCustomer<T>(work: (client: ParlanceClient) => Promise<T>): Promise<T> {
  try {
    return await work(await customerClient());
  } catch (error) {
    if (asParlanceError(error).code !== 'unauthorized') throw error;
    customerToken.set(null);
    // Not `unauthorized`: nobody has to sign in for it.
    throw new ParlanceError(
      'forbidden',
      'The server knows this browser no longer. Begin a new conversation.',
      {
        cause: error,
      },
    );
  }
}
