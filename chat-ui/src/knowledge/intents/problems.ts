import { fieldErrorsOf } from '../../api/field-errors.ts';
import { type Draft, linesOf } from './draft.ts';

/** What is wrong with one intent, by field. Examples and replies are named with their language: `examples.en`. */
export type Problems = Partial<Record<string, string>>;

const longest = { examples: 50, example: 300, description: 200, reply: 1000 };

function examplesOf({ examples }: Draft): Problems {
  const given = examples.filter(({ text }) => linesOf(text).length > 0);
  const [first] = examples;
  if (given.length === 0) {
    return {
      [first ? `examples.${first.language}` : 'examples']:
        'Give at least one example, as a customer would put it.',
    };
  }
  return Object.fromEntries(
    given.flatMap(({ language, text }) => {
      const lines = linesOf(text);
      const field = `examples.${language}`;
      if (lines.length > longest.examples)
        return [[field, `At most ${longest.examples} examples a language.`]];
      const long = lines.findIndex((line) => line.length > longest.example);
      return long < 0 ? [] : [[field, `Example ${long + 1} is longer than ${longest.example} characters.`]];
    }),
  );
}

function actionOf({ kind, article, replies }: Draft): Problems {
  if (kind === 'answer') return article.trim() ? {} : { article: 'Name the article the answer comes from.' };
  if (kind === 'handoff') return {};
  const given = replies.filter(({ text }) => text.trim());
  if (given.length === 0) return { [`reply.${replies[0]?.language ?? 'en'}`]: 'Write what the bot says.' };
  const long = given.find(({ text }) => text.trim().length > longest.reply);
  return long ? { [`reply.${long.language}`]: `At most ${longest.reply} characters.` } : {};
}

/** What has to be mended before the intents can be saved; one entry per intent, empty where all is well. */
export function problemsOf(drafts: Draft[]): Problems[] {
  const count = (name: string) => drafts.filter((draft) => draft.name.trim() === name).length;
  return drafts.map((draft) => {
    const name = draft.name.trim();
    return {
      ...(!name && { name: 'Give it a name.' }),
      ...(name &&
        !/^[\w-]{1,64}$/.test(name) && { name: 'Letters, digits, - and _ only, such as late_fee.' }),
      ...(name && count(name) > 1 && { name: 'Another intent has this name already.' }),
      ...(!draft.description.trim() && {
        description: 'Say what the customer wants; it is offered as a choice.',
      }),
      ...(draft.description.trim().length > longest.description && {
        description: `At most ${longest.description} characters.`,
      }),
      ...examplesOf(draft),
      ...actionOf(draft),
    };
  });
}

/** What the server found wrong, by intent and field; under −1 what concerns none of them. */
export function serverProblems(error: unknown): Map<number, Problems> {
  const found = new Map<number, Problems>();
  const note = (index: number, field: string, detail: string) =>
    found.set(index, { ...found.get(index), [field]: detail });
  for (const [pointer, detail = ''] of Object.entries(fieldErrorsOf(error))) {
    const [, list, index, field = '', ...rest] = pointer.split('/');
    if (list !== 'intents' || index === undefined) note(-1, '', detail);
    else if (field === 'examples' && rest[1] !== undefined)
      note(Number(index), `examples.${rest[0]}`, `Example ${Number(rest[1]) + 1}: ${detail}`);
    else if (field === 'examples') note(Number(index), rest[0] ? `examples.${rest[0]}` : 'examples', detail);
    else if (field === 'action')
      note(Number(index), rest[0] === 'reply' && rest[1] ? `reply.${rest[1]}` : 'article', detail);
    else note(Number(index), field, detail);
  }
  return found;
}
