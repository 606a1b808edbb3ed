import type { EntityKind } from '#contracts';
import { badNino, badSsn, cifOf, dniOf, nieOf, ninoOf, ssnOf } from './identity-numbers.ts';
import type { Random } from './random.ts';
import {
  badCard,
  badDate,
  badEmail,
  badIban,
  badIp,
  badPhone,
  cardDigits,
  dateOf,
  emailOf,
  grouped,
  ibanOf,
  ipOf,
  phoneOf,
  urlOf,
} from './values.ts';

/** Values that are what they say, and such that only look so. Made by construction, without any of the patterns that look for them. */
export interface Maker {
  real(random: Random): string;
  nearMiss(random: Random): string;
}

export const makers: Partial<Record<EntityKind, Maker>> = {
  card: { real: (random) => grouped(cardDigits(random), random), nearMiss: badCard },
  iban: { real: (random) => grouped(ibanOf(random), random), nearMiss: badIban },
  email: { real: emailOf, nearMiss: badEmail },
  url: {
    real: urlOf,
    nearMiss: (random) =>
      random.one([
        'http//shop',
        'manual.txt',
        'v2.0',
        'www.',
        'index.html',
        'http:/',
        'e.g.this',
        'a/b/c',
        'foo.bar_baz',
      ]),
  },
  ip: { real: ipOf, nearMiss: badIp },
  phone: { real: phoneOf, nearMiss: badPhone },
  date: { real: dateOf, nearMiss: badDate },
  dni: { real: (random) => dniOf(random, 0), nearMiss: (random) => dniOf(random, random.whole(1, 22)) },
  nie: { real: (random) => nieOf(random, 0), nearMiss: (random) => nieOf(random, random.whole(1, 22)) },
  cif: { real: (random) => cifOf(random, 0), nearMiss: (random) => cifOf(random, random.whole(1, 9)) },
  ssn: { real: ssnOf, nearMiss: badSsn },
  nino: {
    real: (random) => ninoOf(random, random.one(['AB', 'CE', 'JR', 'PX', 'SW', 'YZ', 'TT', 'WL']), 'ABCD'),
    nearMiss: badNino,
  },
};
