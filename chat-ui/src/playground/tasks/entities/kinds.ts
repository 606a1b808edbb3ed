import type { EntityKind, EntitySource } from '#contracts';
import type { Tone } from '../../../ui/badge.tsx';

/** What a kind is called on the page, and its colour: who, where and when, and what is secret. */
export const kinds: Record<EntityKind, { word: string; tone: Tone }> = {
  person: { word: 'Person', tone: 'accent' },
  place: { word: 'Place', tone: 'accent' },
  organization: { word: 'Organization', tone: 'accent' },
  email: { word: 'E-mail', tone: 'warning' },
  phone: { word: 'Phone', tone: 'warning' },
  address: { word: 'Address', tone: 'warning' },
  url: { word: 'Web address', tone: 'good' },
  ip: { word: 'IP address', tone: 'good' },
  date: { word: 'Date', tone: 'good' },
  money: { word: 'Money', tone: 'good' },
  reference: { word: 'Reference', tone: 'good' },
  card: { word: 'Card', tone: 'bad' },
  iban: { word: 'IBAN', tone: 'bad' },
  ssn: { word: 'SSN', tone: 'bad' },
  dni: { word: 'DNI', tone: 'bad' },
  nie: { word: 'NIE', tone: 'bad' },
  cif: { word: 'CIF', tone: 'bad' },
  nino: { word: 'NINO', tone: 'bad' },
  other: { word: 'Other', tone: 'accent' },
};

export const sources: Record<EntitySource, string> = {
  checked: 'Check digits or calendar hold',
  pattern: 'By its form',
  names: 'By the name recogniser',
  model: 'By the model',
};
