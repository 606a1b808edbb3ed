import { randomBytes } from 'node:crypto';

/** `pls_` is a session, `pli_` an invitation. Secret scanners know them by it. */
export type TokenKind = 'pls' | 'pli';

/** 256 bits of chance. Only its hash is ever kept. */
export function newToken(kind: TokenKind): string {
  return `${kind}_${randomBytes(32).toString('base64url')}`;
}

/** Whether it could be one of ours: what looks otherwise costs no query. */
export function isToken(kind: TokenKind, text: string): boolean {
  return text.startsWith(`${kind}_`) && /^[A-Za-z0-9_-]{43}$/.test(text.slice(4));
}
