import { randomBytes } from 'node:crypto';

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';
let lastMs = 0;
let counter = 0;

/**
 * A new identifier, `<prefix>_` and 26 lower-case characters: 48 bits of milliseconds, 20 of a counter and 60
 * random. Identifiers of one process sort in the order they were made, in any collation.
 */
export function newId(prefix: string, now: number = Date.now()): string {
  // A clock that was set back, or a full counter, must not disturb the order.
  if (now > lastMs) {
    lastMs = now;
    counter = 0;
  } else if (++counter === 2 ** 20) {
    lastMs++;
    counter = 0;
  }
  const random = Array.from(randomBytes(12), (byte) => alphabet[byte & 31]).join('');
  return `${prefix}_${encode(lastMs, 10)}${encode(counter, 4)}${random}`;
}

function encode(value: number, length: number): string {
  let text = '';
  for (let rest = value; text.length < length; rest = Math.floor(rest / 32))
    text = alphabet[rest % 32] + text;
  return text;
}
