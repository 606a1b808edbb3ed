import { describe, expect, it } from 'vitest';
import type { Intent, Passage, SearchHit } from '#contracts';
import { extractAnswer } from './extract.ts';
import { fakeEmbed, fakeTools } from './fake.ts';
import { indexIntents, judgeIntents, rankIntents } from './intents.ts';
import { languageOf } from './language.ts';
import { fallsSharply } from './mood.ts';
import { piecesOf } from './pieces.ts';
import { retrieve } from './retrieve.ts';
import type { PastTurn } from './turn.ts';
import { unitsOf } from './units.ts';
import { onlyThanks, saysNo, saysYes, wishesPerson } from './wish.ts';

const passage = (id: string, text: string, more: Partial<Passage> = {}): Passage => ({
  id,
  sourceId: 'src',
  sourceName: 'en/article.md',
  title: 'An article',
  headings: ['A section'],
  position: 0,
  text,
  language: 'en',
  ...more,
});
const hit = (one: Passage, evidence = 1): SearchHit => {
  return { passage: one, cosine: evidence, coverage: 1, evidence, vectorRank: 1, textRank: 1, fused: 0 };
};

describe('a passage is quoted in units', () => {
  it('of sentences, of lists with what introduces them, and of the rows of a long table', () => {
    const rows = Array.from({ length: 9 }, (_, at) => `Light: ${at}; Meaning: state ${at}`).join('\n');
    const text = `Open the app. It asks for a PIN.\n\nThen do this:\n\n1. Tap.\n2. Wait.\n\nThe light shows:\n\n${rows}`;
    expect(unitsOf(text).map(({ text, leans }) => [text, leans])).toEqual([
      ['Open the app.', false],
      ['It asks for a PIN.', true],
      ['Then do this:\n1. Tap.\n2. Wait.', true],
      ['The light shows:', false],
      ...[0, 1, 2, 3, 4, 5, 6, 7, 8].map((at) => [`- Light: ${at}; Meaning: state ${at}`, false]),
    ]);
  });
});

describe('an extracted answer', () => {
  const long = passage(
    'a',
    'Bananas are yellow. The fee is six euros. It is charged ten days after the due date. Apples are red. Pears are green.',
  );

  it('quotes what is closest to the question in reading order, and says where each quotation stands', async () => {
    const { text, citations } = await extractAnswer(
      'how much is the fee charged after the due date',
      [hit(long)],
      fakeEmbed,
    );
    expect(text).toBe('The fee is six euros. It is charged ten days after the due date.');
    expect(citations.map(({ start, end }) => text.slice(start, end))).toEqual(
      citations.map(({ quote }) => quote),
    );
    expect(citations.every(({ passageId, title }) => passageId === 'a' && title === 'An article')).toBe(true);
  });

  it('never takes a sentence that leans on another without it', async () => {
    const { text } = await extractAnswer('charged ten days after the due date', [hit(long)], fakeEmbed);
    expect(text).toMatch(/^The fee is six euros\. It is charged/);
  });

  it('keeps steps whole and on lines of their own', async () => {
    const steps = passage(
      's',
      'Restart it like this:\n\n1. Pull the plug.\n2. Wait.\n3. Plug it in.\n\nBananas are yellow.',
    );
    const { text } = await extractAnswer('how do I restart it', [hit(steps)], fakeEmbed);
    expect(text).toBe('Restart it like this:\n1. Pull the plug.\n2. Wait.\n3. Plug it in.');
  });

  it.each([
    ['another section of its article', 'src', 0.93, true],
    ['another section of its article', 'src', 0.88, false],
    ['another article', 'other', 0.97, true],
    ['another article', 'other', 0.93, false],
  ])('quotes %s as well (%s, %f) when as much speaks for it: %s', async (_, sourceId, evidence, quoted) => {
    const other = passage('b', 'The fee is waived once a year.', { sourceId });
    const { text, citations } = await extractAnswer(
      'what is the fee',
      [hit(long, 1), hit(other, evidence)],
      fakeEmbed,
    );
    const passages = [...new Set(citations.map(({ passageId }) => passageId))];
    expect(passages).toEqual(quoted ? ['a', 'b'] : ['a']);
    expect(text.includes('\n\nThe fee is waived')).toBe(quoted);
  });

  it('quotes a passage once that is there twice', async () => {
    const { citations } = await extractAnswer('the fee', [hit(long), hit({ ...long, id: 'b' })], fakeEmbed);
    expect(citations.every(({ passageId }) => passageId === 'a')).toBe(true);
  });

  it('is at most four units and a readable length', async () => {
    const much = passage('m', 'The fee is one thing and the fee is another thing again. '.repeat(30));
    const { citations, text } = await extractAnswer('the fee', [hit(much)], fakeEmbed);
    expect(citations.length).toBeLessThanOrEqual(4);
    expect(text.length).toBeLessThanOrEqual(700);
  });
});

describe('what a message leans on', () => {
  const roaming = passage('r1', 'Roaming in Spain costs nothing extra.', {
    sourceId: 'roaming',
    title: 'Roaming in the EU',
    headings: ['What it costs'],
  });
  const ships = passage('r2', 'On a ship calls cost more.', {
    sourceId: 'roaming',
    title: 'Roaming in the EU',
    headings: ['Ships'],
  });
  const delivery = passage('d', 'A parcel by ship takes longer.', {
    sourceId: 'delivery',
    title: 'Delivery',
    headings: ['Ships'],
  });
  const { search } = fakeTools([delivery, ships, roaming]);
  const answered: PastTurn = {
    question: 'does roaming cost extra in Spain',
    answer: '',
    outcome: 'answered',
    citations: [{ sourceId: 'roaming', title: 'Roaming in the EU' }],
    choices: [],
    disliked: false,
  };
  const turn = (message: string, past: PastTurn[]) => ({ message, language: 'en', past, tried: [] });

  it('is the article of the turn before, for a message that goes on from it', async () => {
    const alone = await retrieve(turn('and on a ship?', []), search);
    expect(alone.hits[0]?.passage.id).toBe('d');
    const { hits, query } = await retrieve(turn('and on a ship?', [answered]), search);
    expect(hits[0]?.passage.id).toBe('r2');
    expect(query).toBe('and on a ship? roaming eu');
  });

  it('is nothing, for a message that says enough, or finds enough, by itself', async () => {
    const whole = 'how long does a parcel by ship take to arrive from Portugal';
    expect((await retrieve(turn(whole, [answered]), search)).query).toBe(whole);
    expect((await retrieve(turn('delivery parcel', [answered]), search)).query).toBe('delivery parcel');
  });

  it('is forgotten after three turns', async () => {
    const refused: PastTurn = { ...answered, outcome: 'refused', citations: [] };
    const past = [answered, refused, refused, refused];
    expect((await retrieve(turn('and on a ship?', past), search)).query).toBe('and on a ship?');
  });
});

describe('intents', () => {
  const answer = (name: string, article: string, en: string[]): Intent => ({
    name,
    description: name,
    examples: { en },
    action: { kind: 'answer', article },
  });
  const intents: Intent[] = [
    answer('cancel_mobile', 'cancel-mobile', ['cancel my mobile', 'cancel the contract of my mobile']),
    answer('cancel_broadband', 'cancel-broadband', [
      'cancel my broadband',
      'cancel the contract of my broadband',
    ]),
    {
      name: 'hello',
      description: 'hello',
      examples: { en: ['hello', 'hello there'] },
      action: { kind: 'smalltalk', reply: { en: 'Hello!' } },
    },
  ];
  const judge = async (message: string, language = 'en') => {
    const index = await indexIntents(intents, fakeEmbed);
    const [vector] = await fakeEmbed([message]);
    return judgeIntents(index, rankIntents(index, vector as Float32Array, language), message, language);
  };

  it('that are close are asked about, unless a word tells them apart', async () => {
    expect(await judge('cancel my contract')).toMatchObject({ kind: 'two' });
    expect(await judge('cancel my contract broadband')).toMatchObject({
      kind: 'one',
      intent: { name: 'cancel_broadband' },
    });
  });

  it('count only when an example of the language is near', async () => {
    expect(await judge('hello')).toMatchObject({ kind: 'one', intent: { name: 'hello' } });
    expect(await judge('bananas are yellow')).toEqual({ kind: 'none' });
    expect(await judge('hello', 'es')).toEqual({ kind: 'none' });
  });

  it('of small talk do not swallow a question that begins with a greeting', async () => {
    const long = 'hello there hello there hello there my contract is what it is about';
    expect(await judge(long)).toEqual({ kind: 'none' });
  });
});

describe('a wish for a person', () => {
  it.each([
    ['en', 'I want to talk to a person'],
    ['en', "Stop it. I don't want another article, put me through to a real person NOW"],
    ['en', 'can I speak to someone please'],
    ['en', 'human!'],
    ['en', 'agent please'],
    ['en', 'Get me an adviser'],
    ['es', 'quiero hablar con una persona'],
    ['es', 'Pásame con un agente, por favor.'],
    ['es', '¿Puedo hablar con alguien?'],
    ['es', 'persona'],
  ])('%s: %s', (language, message) => {
    expect(wishesPerson(message, language)).toBe(true);
  });

  it.each([
    ['en', 'are you a real person or a machine'],
    ['en', 'What time can I speak to someone on a Sunday?'],
    ['en', 'Who has to be there when the engineer comes?'],
    ['en', 'my personal data was used'],
    ['en', 'the agent in the shop sold me the wrong phone'],
    ['es', '¿a qué hora puedo hablar con alguien en español?'],
    ['es', 'me han cobrado dos veces'],
  ])('is not in %s: %s', (language, message) => {
    expect(wishesPerson(message, language)).toBe(false);
  });

  it('may be a yes', () => {
    for (const yes of ['Yes', 'yes please!', 'OK', 'please do']) expect(saysYes(yes, 'en')).toBe(true);
    for (const yes of ['sí', 'Sí, por favor', 'vale, gracias']) expect(saysYes(yes, 'es')).toBe(true);
    for (const other of ['yes but first tell me the price', 'no', 'okra'])
      expect(saysYes(other, 'en')).toBe(false);
  });
});

it('may be declined', () => {
  for (const no of ['no', 'No, thanks.', 'no need']) expect(saysNo(no, 'en')).toBe(true);
  for (const no of ['no', 'no, gracias', 'no hace falta']) expect(saysNo(no, 'es')).toBe(true);
  for (const other of ['no internet', 'now', 'nothing works']) expect(saysNo(other, 'en')).toBe(false);
});

it.each([
  [true, 'en', 'thank you'],
  [true, 'en', 'No fee either, perfect. Just did it and it works. That was easy, thank you!'],
  [true, 'es', 'Muy bien, ya lo tengo claro. Gracias por explicármelo con paciencia.'],
  [false, 'en', 'thanks, and how do I cancel'],
  [false, 'en', 'Thanks but the light is still amber'],
  [false, 'en', 'thanks for nothing'],
  [false, 'en', "The Hub won't start. Thank you."],
  [false, 'en', 'It works now'],
  [false, 'es', 'gracias, pero sigue sin funcionar'],
  [false, 'es', 'gracias por nada'],
])('is only thanks: %s, in %s: %s', (is, language, message) => {
  expect(onlyThanks(message, language)).toBe(is);
});

describe('the mood falls sharply', () => {
  it('when the latest quarter is bad and clearly worse than an earlier one, over three turns or more', () => {
    expect(fallsSharply([1, 0, -4, null])).toBe(true);
    expect(fallsSharply([0, -1, -3, -3])).toBe(true);
    expect(fallsSharply([1, -4, null, null])).toBe(false);
    expect(fallsSharply([-4, -4, -4, -4])).toBe(false);
    expect(fallsSharply([4, 3, 0, 0])).toBe(false);
    expect(fallsSharply([null, null, null, null])).toBe(false);
  });
});

it('pieces are small and together the text, with every blank and line', () => {
  for (const text of [
    '',
    ' ',
    'One.',
    'A sentence of several words, then\n\n1. a list\n2. of lines \n',
    `${'x'.repeat(99)} y`,
  ]) {
    expect(piecesOf(text).join('')).toBe(text);
  }
  const pieces = piecesOf('A sentence of several words that is not short at all.');
  expect(pieces.length).toBeGreaterThan(2);
});

it('tells English from Spanish, and keeps to what is known where a message does not show it', () => {
  expect(languageOf('What does it cost to leave early?', 'es')).toBe('en');
  expect(languageOf('¿Roaming?', 'en')).toBe('es');
  expect(languageOf('quiero dar de baja la línea', 'en')).toBe('es');
  expect(languageOf('roaming', 'es')).toBe('es');
  expect(languageOf('Norden 7', 'fr')).toBe('fr');
});
