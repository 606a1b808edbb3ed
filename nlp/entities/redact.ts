import type { Entity, RedactionStyle } from '#contracts';

export interface Redacted {
  text: string;
  map?: Record<string, string>;
}

/**
 * A text without these entities, which are in its order and do not overlap.
 *
 * `label` puts the kind in their place; `mask` asterisks of the same length in code units, leaving the last four digits of a card;
 * `map` a token for each value, the same for the same, and never one that the text has already.
 */
export function redact(text: string, entities: readonly Entity[], style: RedactionStyle = 'label'): Redacted {
  if (style === 'label') return { text: replaced(text, entities, ({ type }) => `[${type.toUpperCase()}]`) };
  if (style === 'mask') return { text: replaced(text, entities, masked) };
  const tokens = new Map<string, string>();
  const present = new Set(text.match(tokenPattern));
  const counts = new Map<string, number>();
  const tokenOf = ({ type, text: value }: Entity) => {
    const key = `${type} ${value}`;
    let token = tokens.get(key);
    while (token === undefined || (!tokens.has(key) && present.has(token))) {
      const count = (counts.get(type) ?? 0) + 1;
      counts.set(type, count);
      token = `[${type.toUpperCase()}_${count}]`;
    }
    tokens.set(key, token);
    return token;
  };
  const result = replaced(text, entities, tokenOf);
  const map = Object.fromEntries([...tokens].map(([key, token]) => [token, key.slice(key.indexOf(' ') + 1)]));
  return { text: result, map };
}

const tokenPattern = /\[[A-Z]{1,20}_\d{1,9}\]/g;

/** The text that `redact` with style `map` was given. Values that look like tokens stay as they are. */
export function restore(text: string, map: Record<string, string>): string {
  return text.replace(tokenPattern, (token) => (Object.hasOwn(map, token) ? (map[token] ?? token) : token));
}

function replaced(text: string, entities: readonly Entity[], by: (entity: Entity) => string): string {
  const pieces: string[] = [];
  let from = 0;
  for (const entity of entities) {
    pieces.push(text.slice(from, entity.start), by(entity));
    from = entity.end;
  }
  return pieces.join('') + text.slice(from);
}

function masked({ type, text }: Entity): string {
  const characters = [...text];
  const digits = characters.filter((character) => /\p{Nd}/u.test(character)).length;
  let seen = 0;
  return characters
    .map((character) => {
      if (type !== 'card' || !/\p{Nd}/u.test(character)) return stars(character);
      return ++seen > digits - 4 ? character : stars(character);
    })
    .join('');
}

const stars = (character: string) => '*'.repeat(character.length);
