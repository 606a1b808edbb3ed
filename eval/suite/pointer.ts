import type { Json } from '../run/json.ts';

/** What a JSON pointer (RFC 6901) leads to; undefined when it leads nowhere. */
export function at(value: Json, pointer: string): Json | undefined {
  let here: Json | undefined = value;
  for (const part of pointer.split('/').slice(1)) {
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~');
    if (Array.isArray(here)) here = /^\d+$/.test(key) ? here[Number(key)] : undefined;
    else if (typeof here === 'object' && here !== null && Object.hasOwn(here, key)) here = here[key];
    else return undefined;
  }
  return here;
}
