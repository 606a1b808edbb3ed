import { createStore, recall, remember } from '../ui/store.ts';

export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

// The same key as in public/theme.js, which applies it before the first paint.
const storageKey = 'parlance.theme';
const prefersDark = window.matchMedia('(prefers-color-scheme: dark)');

const stored = recall('localStorage', storageKey) as Theme | null;

/** What the visitor chose; `system` follows the machine. */
export const theme = createStore<Theme>(stored && themes.includes(stored) ? stored : 'system');

/** What is painted. */
export const isDark = (): boolean =>
  theme.get() === 'dark' || (theme.get() === 'system' && prefersDark.matches);

function paint(): void {
  document.documentElement.dataset.theme = isDark() ? 'dark' : 'light';
}

theme.subscribe(() => {
  remember('localStorage', storageKey, theme.get());
  paint();
});
prefersDark.addEventListener('change', paint);
paint();

/** Light to dark and back, whatever the machine prefers. */
export const toggleTheme = (): void => theme.set(isDark() ? 'light' : 'dark');
