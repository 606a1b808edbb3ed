import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rolesOf, turnsOf } from './transcript.ts';

const read = (text: string) =>
  turnsOf(text).map(({ speaker, start, end }) => [speaker, text.slice(start, end)]);

describe('turnsOf', () => {
  test('begins a turn at each name and goes on until the next', () => {
    expect(read('Call of 3 March\n\nAgent: Hello.\n Patient:  Hi,\nit hurts.\n\nAgent: Where?')).toEqual([
      ['Agent', 'Hello.'],
      ['Patient', 'Hi,\nit hurts.'],
      ['Agent', 'Where?'],
    ]);
  });

  test('reads times, bold names and names of several words', () => {
    expect(read('[10:04] Ann Lee: Hi\n10:05:11 **Bob:** Hello\n(9:15 pm) Ann Lee: Bye\r\nBob: Bye')).toEqual([
      ['Ann Lee', 'Hi'],
      ['Bob', 'Hello'],
      ['Ann Lee', 'Bye'],
      ['Bob', 'Bye'],
    ]);
  });

  test('takes no colon within a turn for a name', () => {
    const text = 'Customer: Here it is.\nOrder number: 48213\nhttps://example.com\nAgent: Thank you.';
    expect(read(text)).toEqual([
      ['Customer', 'Here it is.\nOrder number: 48213\nhttps://example.com'],
      ['Agent', 'Thank you.'],
    ]);
  });

  test('finds two people who each say one thing, and nobody in prose', () => {
    expect(read('Ann: My parcel is late.\nBob: I see.')).toHaveLength(2);
    expect(read('The parcel is late. It left on Monday.')).toEqual([]);
    expect(read('Note: the parcel is late.\nIt left on Monday.')).toEqual([]);
  });

  test('gives places in order, whatever the text', () => {
    const parts = fc.constantFrom(
      '\n',
      'Ann: ',
      'Agent:',
      ' word',
      ':',
      '10:04 ',
      '👍',
      '** ',
      '\r\n',
      'http://x ',
    );
    fc.assert(
      fc.property(fc.array(parts), (given) => {
        const text = given.join('');
        let at = 0;
        for (const { start, end } of turnsOf(text)) {
          expect(start).toBeGreaterThanOrEqual(at);
          expect(end).toBeGreaterThan(start);
          expect(text.slice(start, end).trim()).toBe(text.slice(start, end));
          at = end;
        }
      }),
    );
  });
});

describe('rolesOf', () => {
  const roles = (text: string, customer?: string) => {
    const found = rolesOf(text, turnsOf(text), customer);
    return found && Object.fromEntries(found);
  };

  test('goes by the names', () => {
    expect(roles('Cliente: Hola\nAgente: Hola')).toEqual({ Cliente: 'customer', Agente: 'agent' });
    expect(roles('Patient: Hi\nMaria: Hello')).toEqual({ Patient: 'customer', Maria: 'agent' });
    expect(roles('Customer service: Hi\nMaria: Hello')).toEqual({
      'Customer service': 'agent',
      Maria: 'customer',
    });
  });

  test('by who offers help, and by what it is told', () => {
    expect(roles('Ann: Hi\nBob: How can I help you?')).toEqual({ Ann: 'customer', Bob: 'agent' });
    expect(roles('Ann: Hola\nBob: ¿En qué le puedo ayudar?')).toEqual({ Ann: 'customer', Bob: 'agent' });
    expect(roles('Ann: Hi\nBob: Hello', 'ann')).toEqual({ Ann: 'customer', Bob: 'agent' });
  });

  test('and says nothing where nothing tells', () => {
    expect(roles('Ann: Hi\nBob: Hello')).toBeUndefined();
    expect(roles('Ann: Hi\nBob: Hello\nAgent: Hello')).toBeUndefined();
  });
});
