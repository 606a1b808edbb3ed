import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';

/** Nearer to the end than this counts as being there. */
const nearPx = 48;

/**
 * A box that stays at its end while that is in view, and never moves once the visitor has scrolled away. `first` and `last`
 * are the `data-key`s of what is shown first and last: older content put before `first` leaves in place what was in view.
 */
export function useScrollEnd({ first, last }: { first: string | undefined; last: string | undefined }) {
  const box = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const stuck = useRef(true);
  const end = useRef(0);
  const anchor = useRef<{ key: string | undefined; top: number }>({ key: undefined, top: 0 });
  const [atEnd, setAtEnd] = useState(true);
  const [seen, setSeen] = useState(last);

  const find = useCallback(
    (key: string | undefined) =>
      key === undefined ? null : (content.current?.querySelector(`[data-key="${CSS.escape(key)}"]`) ?? null),
    [],
  );
  const follow = useCallback(() => {
    const element = box.current;
    if (!element) return;
    end.current = element.scrollHeight - element.clientHeight;
    if (stuck.current) element.scrollTop = end.current;
  }, []);
  const toEnd = useCallback(() => {
    stuck.current = true;
    setAtEnd(true);
    follow();
  }, [follow]);

  useEffect(() => {
    const element = box.current;
    const inside = content.current;
    if (!element || !inside) return;
    const onScroll = () => {
      // Where the end was when last followed: an answer may have grown since, and that is no scrolling away.
      stuck.current = end.current - element.scrollTop < nearPx;
      setAtEnd(stuck.current);
      anchor.current.top = find(anchor.current.key)?.getBoundingClientRect().top ?? 0;
    };
    const observer = new ResizeObserver(follow);
    observer.observe(element);
    observer.observe(inside);
    element.addEventListener('scroll', onScroll, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', onScroll);
    };
  }, [find, follow]);

  useLayoutEffect(() => {
    const element = box.current;
    const before = find(anchor.current.key);
    if (element && before && anchor.current.key !== first && !stuck.current) {
      // The browser may have kept the place itself: then nothing has moved.
      element.scrollTop += before.getBoundingClientRect().top - anchor.current.top;
    }
    anchor.current = { key: first, top: find(first)?.getBoundingClientRect().top ?? 0 };
    follow();
  }, [first, find, follow]);

  useEffect(() => {
    if (atEnd) setSeen(last);
  }, [atEnd, last]);

  return { box, content, atEnd, hasNew: !atEnd && seen !== last, toEnd };
}
