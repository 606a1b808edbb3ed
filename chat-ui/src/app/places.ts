import { Boxes, KeyRound, MessageSquareText, Settings2 } from 'lucide-react';

/** The pages of the navigation, in order. `shortcut` follows `g`. */
export const places = [
  { to: '/', title: 'Playground', icon: MessageSquareText, shortcut: 'p' },
  { to: '/models', title: 'Models', icon: Boxes, shortcut: 'm' },
  { to: '/keys', title: 'Keys', icon: KeyRound, shortcut: 'k' },
  { to: '/settings', title: 'Settings', icon: Settings2, shortcut: 's' },
] as const;
export type Place = (typeof places)[number];

/** The page a path belongs to; undefined for an address that is none of ours. */
export const placeOf = (path: string): Place | undefined =>
  places.find((place) =>
    place.to === '/' ? path === '/' : path === place.to || path.startsWith(`${place.to}/`),
  );
