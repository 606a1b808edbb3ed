import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const tokenName = z.union([
  z.string(),
  z.object({ content: z.string() }).transform(({ content }) => content),
]);

/** What `tokenizer_config.json` of the Hugging Face layout says about conversations. */
const written = z.object({
  chat_template: z
    .union([z.string(), z.array(z.object({ name: z.string(), template: z.string() }))])
    .nullish(),
  bos_token: tokenName.nullish(),
  eos_token: tokenName.nullish(),
});

/** How a model wants a conversation to be written down. */
export interface ChatTemplate {
  /** In Jinja. */
  source: string;
  /** Tokens that the template may name, by their names in it. */
  tokens: Record<string, string>;
}

/** Reads the template from the folder of a model: `chat_template.jinja`, or what its tokenizer's configuration has. Throws where there is none. */
export async function readChatTemplate(folder: string): Promise<ChatTemplate> {
  const config = written.parse(JSON.parse(await readFile(join(folder, 'tokenizer_config.json'), 'utf8')));
  const own = await readFile(join(folder, 'chat_template.jinja'), 'utf8').catch(absent);
  const named = config.chat_template;
  const source =
    own ?? (typeof named === 'string' ? named : named?.find(({ name }) => name === 'default')?.template);
  if (!source) throw new Error('the model has no chat template, so it cannot be talked to');
  return { source, tokens: { bos_token: config.bos_token ?? '', eos_token: config.eos_token ?? '' } };
}

function absent(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}
