import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { z } from 'zod';
import { type Intent, intent, ParlanceError } from '#contracts';

/** How people write intents down: the action and what it needs beside one another. */
const written = z.discriminatedUnion('action', [
  z.strictObject({
    ...intent.omit({ action: true }).shape,
    action: z.literal('answer'),
    article: z.string(),
  }),
  z.strictObject({ ...intent.omit({ action: true }).shape, action: z.literal('handoff') }),
  z.strictObject({
    ...intent.omit({ action: true }).shape,
    action: z.literal('smalltalk'),
    reply: z.record(z.string(), z.string()),
  }),
]);
const file = z.strictObject({ intents: z.array(written).max(200) });

/** The intents of a YAML file such as `examples/orrin/intents.yaml`. Throws `invalid_input` that names what is wrong where. */
export async function readIntentsFile(path: string): Promise<Intent[]> {
  return parseIntents(await readFile(path, 'utf8'));
}

/** As `readIntentsFile`, of the file's text. */
export function parseIntents(text: string): Intent[] {
  const read = file.safeParse(parseYaml(text));
  if (!read.success) throw invalid(read.error);
  return read.data.intents.map(({ name, description, examples, ...rest }) => {
    const action =
      rest.action === 'answer'
        ? { kind: 'answer', article: rest.article }
        : rest.action === 'smalltalk'
          ? { kind: 'smalltalk', reply: rest.reply }
          : { kind: 'handoff' };
    return intent.parse({ name, description, examples, action });
  });
}

function parseYaml(text: string): unknown {
  try {
    return parse(text, { maxAliasCount: 0 });
  } catch (cause) {
    throw new ParlanceError('invalid_input', `The intents are not valid YAML. ${(cause as Error).message}`, {
      cause,
    });
  }
}

const invalid = (error: z.ZodError) =>
  new ParlanceError('invalid_input', `The intents are not usable. ${z.prettifyError(error)}`, {
    cause: error,
  });
