import { useEffect, useRef } from 'react';
import { listen } from './live.ts';
import { noticeOf } from './notice.ts';
import { tell } from './notifications.ts';

/** Tells what happens in conversations that are not in view. */
export function useNotices(me: string, inView: string | undefined, open: (id: string) => void): void {
  const latest = useRef({ inView, open });
  latest.current = { inView, open };
  useEffect(
    () =>
      listen((frame) => {
        const notice = noticeOf(frame, me);
        if (!notice || (notice.conversation === latest.current.inView && !document.hidden)) return;
        tell(notice, (id) => latest.current.open(id));
      }),
    [me],
  );
}
