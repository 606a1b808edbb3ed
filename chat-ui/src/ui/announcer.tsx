import { createStore } from './store.ts';

const spoken = createStore('');

/** Says something to screen readers, once they have said what they are saying. */
export function announce(text: string): void {
  // The same words again are no change, and would not be said.
  spoken.set(text === spoken.get() ? `${text}\u00a0` : text);
}

/** The one place of a page from which things are said. */
export function Announcer() {
  return (
    <p role="status" className="sr-only">
      {spoken.use()}
    </p>
  );
}
