import pino, { type DestinationStream, type Logger, stdSerializers } from 'pino';
import type { EntityKind } from '#contracts';
import { findEntities, redact } from '#nlp';

/** What must not get into a log. Dates, amounts and addresses of machines are what a log is made of. */
const personal: EntityKind[] = [
  'card',
  'iban',
  'email',
  'phone',
  'ssn',
  'dni',
  'nie',
  'cif',
  'nino',
  'address',
];

/**
 * The log, as JSON lines. What callers wrote is not logged on purpose, but an error may quote it, a path or a file's name may hold
 * it: every text of a line goes out with labels in the place of personal data that has a form. Names of people are not found
 * in half sentences of programs and stay.
 */
export function createLog(level: string, destination: DestinationStream = pino.destination(2)): Logger {
  return pino(
    {
      level,
      formatters: { log: (line) => withoutPersonal(line) as Record<string, unknown> },
      serializers: { err: (thrown) => withoutPersonal(stdSerializers.err(thrown)) },
      hooks: {
        logMethod(words, log) {
          const clean = words.map((word) => (typeof word === 'string' ? cleaned(word) : word));
          log.apply(this, clean as typeof words);
        },
      },
    },
    destination,
  );
}

const cleaned = (text: string) => redact(text, findEntities(text, personal)).text;

/** As deep as errors and lines go; what is deeper was never meant for a log. */
const deepest = 6;

/** A copy with every text cleaned. Errors are left to their serializer. */
function withoutPersonal(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return cleaned(value);
  if (typeof value !== 'object' || value === null || value instanceof Error) return value;
  if (depth === deepest) return '…';
  if (Array.isArray(value)) return value.map((each) => withoutPersonal(each, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [key, withoutPersonal(each, depth + 1)]),
  );
}
