import { type RefObject, useEffect, useState } from 'react';

const noHover = window.matchMedia('(hover: none)');

/**
 * Whether somebody is about to choose from a list: the pointer or the focus is in it. Where nothing hovers, a finger may be
 * on its way at any time.
 */
export function useHold(list: RefObject<HTMLElement | null>): boolean {
  const [pointer, setPointer] = useState(false);
  const [focus, setFocus] = useState(false);
  useEffect(() => {
    const element = list.current;
    if (!element) return;
    const end = new AbortController();
    const { signal } = end;
    element.addEventListener('pointerenter', () => setPointer(true), { signal });
    element.addEventListener('pointerleave', () => setPointer(false), { signal });
    element.addEventListener('focusin', () => setFocus(true), { signal });
    element.addEventListener(
      'focusout',
      ({ relatedTarget }) => setFocus(element.contains(relatedTarget as Node | null)),
      { signal },
    );
    return () => end.abort();
  }, [list]);
  return pointer || focus || noHover.matches;
}
