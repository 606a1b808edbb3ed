import { describe, expect, test } from 'vitest';
import { closing, done, issue, next, resolved, smalltalk, tells, unresolved } from './cues.ts';
import { factsOf } from './facts.ts';
import { shiftOf } from './shift.ts';
import { rolesOf, turnsOf } from './transcript.ts';
import { unitsOf } from './units.ts';

function facts(...lines: string[]) {
  const text = lines.join('\n');
  const turns = turnsOf(text);
  const said = turns.flatMap(({ start, end }, turn) =>
    unitsOf(text.slice(start, end)).map((span) => {
      const place = { start: start + span.start, end: start + span.end };
      return { turn, ...place, text: text.slice(place.start, place.end), salience: 0.5 };
    }),
  );
  return factsOf(turns, said, rolesOf(text, turns));
}

describe('cues', () => {
  test.each([
    [issue, 'My router is broken.'],
    [issue, 'Find me a flight to Rome.'],
    [issue, 'Quiero cancelar mi pedido.'],
    [issue, 'No me ha llegado el paquete, tengo un problema.'],
    [done, 'I’ve refunded the fee.'],
    [done, 'Your booking has been cancelled.'],
    [done, 'He cancelado el pedido.'],
    [done, 'The film has started.'],
    [done, 'Your payment went through.'],
    [resolved, 'It works now.'],
    [resolved, 'Perfecto, ya funciona.'],
    [unresolved, 'It still doesn’t work.'],
    [unresolved, 'Unfortunately we cannot accept the return.'],
    [unresolved, 'Sigue sin funcionar.'],
    [next, 'We will call you tomorrow.'],
    [next, 'Please restart the router.'],
    [next, 'Le llamaremos mañana.'],
    [closing, 'No, that’s all.'],
  ])('%# tells', (cue, sentence) => {
    expect(tells(cue, sentence)).toBe(true);
  });

  test.each([
    [issue, 'Yes, that’s fine.'],
    [issue, 'That’s all I needed, thanks.'],
    [done, 'Have you refunded the fee?'],
    [done, 'It has not been refunded.'],
    [done, 'It was not successful.'],
    [done, 'Once you have restarted it, tell me what has been shown.'],
    [resolved, 'It does not work.'],
    [resolved, 'Does it work now?'],
    [resolved, 'No, that’s all.'],
    [next, 'Would you like me to call you?'],
    [next, 'I will be happy to help you.'],
  ])('%# does not tell', (cue, sentence) => {
    expect(tells(cue, sentence)).toBe(false);
  });

  test('know small talk', () => {
    for (const said of ['Hello!', 'Thanks so much', 'Can you help me?', 'Muchas gracias.'])
      expect(said).toMatch(smalltalk);
    expect('Hello, my router is broken.').not.toMatch(smalltalk);
  });
});

describe('factsOf', () => {
  test('takes the first wish for the issue, not the request for help before it', () => {
    const { issue: found } = facts(
      'Customer: Hi! Can you help me?',
      'Agent: Sure.',
      'Customer: I want to return a lamp.',
      'Agent: Which one?',
      'Customer: I need it to be picked up.',
    );
    expect(found).toMatchObject({ text: 'I want to return a lamp.', turns: [{ turn: 2 }] });
  });

  test('a failure stands, whatever way the customer takes leave', () => {
    const { outcome, done: nothing } = facts(
      'Customer: Please book a table.',
      'Agent: For how many?',
      'Customer: For two.',
      'Agent: I am sorry, the booking was unsuccessful.',
      'Customer: No, that is all. Thanks.',
    );
    expect(outcome).toMatchObject({ resolved: false, turns: [{ turn: 3 }] });
    expect(nothing).toEqual({ reason: 'nothing-done' });
  });

  test('what worked in the end counts, not what failed before', () => {
    const { outcome } = facts(
      'Customer: My light is amber.',
      'Agent: Please restart it.',
      'Customer: It still does not work.',
      'Agent: I have reset the line.',
      'Customer: It works now!',
    );
    expect(outcome).toMatchObject({ text: 'It works now!', resolved: true });
  });

  test('what was only passed on is done, and settles nothing', () => {
    const { done: found, outcome } = facts(
      'Customer: My line is dead.',
      'Agent: I have booked an engineer for tomorrow.',
      'Customer: I see.',
    );
    expect(found).toMatchObject({ text: 'I have booked an engineer for tomorrow.' });
    expect(outcome).toEqual({ reason: 'no-outcome-said' });
  });

  test('reads Spanish', () => {
    const found = facts(
      'Cliente: Hola, quiero devolver una lámpara rota.',
      'Agente: Lo siento mucho.',
      'Cliente: ¿Y el dinero?',
      'Agente: He tramitado la devolución. Le llamaremos mañana.',
      'Cliente: Perfecto, gracias.',
    );
    expect(found.issue).toMatchObject({ turns: [{ turn: 0 }] });
    expect(found.done).toMatchObject({ text: 'He tramitado la devolución.' });
    expect(found.nextAction).toMatchObject({ text: 'Le llamaremos mañana.' });
    expect(found.outcome).toMatchObject({ resolved: true });
  });

  test('without roles tells how it ended all the same', () => {
    expect(facts('Ann: My parcel is late.', 'Bob: It will arrive tomorrow.', 'Ann: Perfect.')).toMatchObject({
      issue: { reason: 'unknown-roles' },
      done: { reason: 'unknown-roles' },
      nextAction: { text: 'It will arrive tomorrow.' },
      outcome: { resolved: true },
    });
  });
});

describe('shiftOf', () => {
  const turns = (...scores: number[]) =>
    scores.map((score, turn) => ({
      score,
      quote: { turn, speaker: 'C', text: `${turn}`, start: turn, end: turn + 1 },
    }));

  test('compares the first third with the last and quotes the strongest turn of each', () => {
    expect(shiftOf(turns(-1, -4, 0, 0, 3, 1))).toMatchObject({
      change: 'better',
      first: -2.5,
      last: 2,
      text: '1 4',
    });
    expect(shiftOf(turns(2, -2))).toMatchObject({ change: 'worse' });
    expect(shiftOf(turns(0.4, 0, -0.4))).toMatchObject({ change: 'same' });
  });

  test('needs two turns', () => {
    expect(shiftOf(turns(3))).toEqual({ reason: 'too-short' });
    expect(shiftOf([])).toEqual({ reason: 'no-customer-turn' });
  });
});
