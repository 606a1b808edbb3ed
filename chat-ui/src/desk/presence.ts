import { useEffect, useRef } from 'react';
import type { Presence } from '#contracts';
import { client } from '../api/client.ts';
import { presences } from './live.ts';

/** The server forgets whoever has said nothing for 15 seconds. */
const everyMs = 5_000;
const nobody: Presence['agents'] = [];

/** Colleagues at a conversation. */
export const useColleaguesAt = (id: string, me: string): Presence['agents'] =>
  (presences.use()[id] ?? nobody).filter((agent) => agent.userId !== me);

/** Says while a conversation is on the screen that this agent looks at it, or writes. */
export function usePresence(conversationId: string, typing: boolean): void {
  const last = useRef(typing);
  last.current = typing;
  useEffect(() => {
    const see = (id: string | null, keepalive = false) =>
      // Not being seen for a moment harms nobody.
      void client()
        .desk.see({ conversationId: id, typing: id !== null && last.current }, { keepalive })
        .catch(() => {});
    const tell = () => see(document.hidden ? null : conversationId);
    tell();
    const timer = setInterval(() => document.hidden || tell(), everyMs);
    const leave = () => see(null, true);
    document.addEventListener('visibilitychange', tell);
    window.addEventListener('pagehide', leave);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', tell);
      window.removeEventListener('pagehide', leave);
      leave();
    };
  }, [conversationId]);
  const first = useRef(true);
  useEffect(() => {
    if (first.current) {
      first.current = false;
      return;
    }
    void client()
      .desk.see({ conversationId, typing })
      .catch(() => {});
  }, [conversationId, typing]);
}
