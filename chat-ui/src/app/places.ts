import {
  BookOpenText,
  Boxes,
  ClipboardCheck,
  Headset,
  KeyRound,
  ListChecks,
  type LucideIcon,
  MessageCircle,
  MessageSquareText,
  Settings2,
  UsersRound,
} from 'lucide-react';
import type { Scope } from '#contracts';

/** A page of the navigation. */
export interface Place {
  to:
    | '/'
    | '/chat'
    | '/desk'
    | '/knowledge'
    | '/batches'
    | '/models'
    | '/evaluation'
    | '/people'
    | '/keys'
    | '/settings';
  title: string;
  icon: LucideIcon;
  /** Follows `g`. */
  shortcut: string;
  for: 'anybody' | 'whoever is signed in' | Scope;
  /** Has a place of its own in the bar of a phone. */
  thumb?: true;
  /** As tall as the window, and scrolls inside. */
  fill?: true;
}

/** In the order of the navigation. */
export const places: readonly Place[] = [
  { to: '/chat', title: 'Chat', icon: MessageCircle, shortcut: 'c', for: 'anybody', thumb: true, fill: true },
  { to: '/desk', title: 'Desk', icon: Headset, shortcut: 'd', for: 'agent', thumb: true, fill: true },
  { to: '/knowledge', title: 'Knowledge', icon: BookOpenText, shortcut: 'b', for: 'agent' },
  { to: '/', title: 'Playground', icon: MessageSquareText, shortcut: 'p', for: 'inference', thumb: true },
  { to: '/batches', title: 'Jobs', icon: ListChecks, shortcut: 'j', for: 'inference' },
  { to: '/models', title: 'Models', icon: Boxes, shortcut: 'm', for: 'inference' },
  { to: '/evaluation', title: 'Evaluation', icon: ClipboardCheck, shortcut: 'e', for: 'review' },
  { to: '/people', title: 'People', icon: UsersRound, shortcut: 'u', for: 'admin' },
  { to: '/keys', title: 'Keys', icon: KeyRound, shortcut: 'k', for: 'admin' },
  { to: '/settings', title: 'Settings', icon: Settings2, shortcut: 's', for: 'whoever is signed in' },
];

/** The page a path belongs to; undefined for an address that is none of ours. */
export const placeOf = (path: string): Place | undefined =>
  places.find((place) =>
    place.to === '/' ? path === '/' : path === place.to || path.startsWith(`${place.to}/`),
  );

/** What a page calls itself; undefined for an address that is none of ours. */
export const titleOf = (path: string): string | undefined =>
  path === '/account' ? 'My account' : path.startsWith('/invitation/') ? 'Invitation' : placeOf(path)?.title;
