import { z } from 'zod';
import { ParlanceError } from '#contracts';
import type { Row } from '../dataset/rows.ts';

/** The place of the right choice, its text, or its letter. */
const right = z.union([z.number().int(), z.string()]);

const choice = z.object({
  query: z.string().optional(),
  question: z.string().optional(),
  choices: z.union([
    z.array(z.string()).min(2),
    z.object({ text: z.array(z.string()).min(2), label: z.array(z.string()) }),
  ]),
  gold: right.optional(),
  label: right.optional(),
  answer: right.optional(),
  answerKey: right.optional(),
});

const generation = z.object({
  doc_id: z.union([z.number(), z.string()]).optional(),
  doc: z.record(z.string(), z.json()).optional(),
  prompt: z.string().optional(),
  question: z.string().optional(),
  input: z.string().optional(),
  target: z.json().optional(),
  answer: z.json().optional(),
});

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/**
 * Rows in the manner of lm-evaluation-harness as rows of a suite: questions with choices and the index of the right one (`gold`, `label` or
 * `answer`) are put as lettered choices whose letter is expected; questions with a `target` or `answer` expect that text; logged
 * samples (`doc`, `target`) are read too. Throws `invalid_input` for a row that is neither.
 */
export async function* importLmEval(rows: AsyncIterable<Row> | Iterable<Row>): AsyncGenerator<Row> {
  let place = 0;
  for await (const row of rows) {
    place++;
    const inner =
      typeof row.doc === 'object' && row.doc !== null && !Array.isArray(row.doc)
        ? { ...row, ...row.doc }
        : row;
    yield choiceRow(inner, place) ?? textRow(inner, place) ?? refuse(place);
  }
}

function choiceRow(row: Row, place: number): Row | undefined {
  const { data } = choice.safeParse(row);
  if (!data) return undefined;
  const { choices, gold, label, answer, answerKey } = data;
  const texts = Array.isArray(choices) ? choices : choices.text;
  const names = Array.isArray(choices) ? [...letters] : choices.label;
  const at = placeOf(gold ?? label ?? answer ?? answerKey, texts, names);
  const question = data.query ?? data.question;
  if (question === undefined || texts[at] === undefined) return undefined;
  const listed = texts.map((text, index) => `${letters[index]}. ${text}`).join('\n');
  return {
    id: idOf(row, place),
    input: `${question}\n${listed}\nAnswer with the letter alone.`,
    expected: letters[at] ?? '',
  };
}

/** Which of the choices is meant; −1 for none. */
function placeOf(meant: string | number | undefined, texts: string[], names: string[]): number {
  if (typeof meant !== 'string') return meant ?? -1;
  const found = [texts.indexOf(meant), names.indexOf(meant)].find((place) => place >= 0);
  return found ?? (/^\d+$/.test(meant) ? Number(meant) : -1);
}

function textRow(row: Row, place: number): Row | undefined {
  const { data } = generation.safeParse(row);
  const input = data?.prompt ?? data?.question ?? data?.input;
  const expected = data?.target ?? data?.answer;
  if (input === undefined || expected === undefined) return undefined;
  // Without its choices a question cannot be asked, and a number that was logged is the place of one of them.
  if (row.choices !== undefined || (data?.doc && typeof expected === 'number')) return undefined;
  return { id: idOf(row, place), input, expected };
}

const idOf = (row: Row, place: number): string => String(row.doc_id ?? row.id ?? place);

function refuse(place: number): never {
  throw new ParlanceError(
    'invalid_input',
    `Row ${place} has neither choices with the right one, nor a question with a target.`,
  );
}
