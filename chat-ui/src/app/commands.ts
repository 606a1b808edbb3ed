import { createStore } from '../ui/store.ts';

/** Something the page in view offers to the palette, such as running the playground. */
export interface Command {
  id: string;
  title: string;
  /** As they are shown. */
  keys?: string[];
  /** The single key that runs it while nobody types, as `KeyboardEvent.key` in lower case. */
  press?: string;
  /** The key held down goes on. */
  repeats?: boolean;
  run: () => void;
}

/** The commands of the page in view. A page sets them while it is mounted. */
export const pageCommands = createStore<Command[]>([]);
export const paletteOpen = createStore(false);
export const shortcutsOpen = createStore(false);
export const sidebarCollapsed = createStore(false);
