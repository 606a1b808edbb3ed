import { z } from 'zod';
import { ParlanceError } from '#contracts';
import { type ModelKind, type ModelLayout, maxTokensOf, readJson, writerGraphs } from '#inference';

/** M2M-100 and NLLB, which translate between any two of their languages and are told both by tokens. */
export const manyToMany: ModelKind = {
  name: 'M2M-100 or NLLB translation',
  async describe(facts) {
    const { id, config, layout, own } = facts;
    if (config.model_type !== 'm2m_100') return undefined;
    const graphs = writerGraphs(facts);
    const languageTokens = own.languageTokens ?? (await languageTokensOf(layout));
    if (Object.keys(languageTokens).length < 2) {
      const detail = `The tokenizer_config.json of ${id} does not name the tokens of its languages. Say them by \`languageTokens\` in parlance.json.`;
      throw new ParlanceError('unsupported', detail);
    }
    return {
      ...graphs,
      task: 'translations',
      kernel: 'seq2seq',
      languageTokens,
      maxTokens: await maxTokensOf(facts),
    };
  },
};

const special = z.looseObject({
  additional_special_tokens: z
    .array(z.union([z.string(), z.looseObject({ content: z.string() }).transform(({ content }) => content)]))
    .nullish(),
});

/** `__es__` is how M2M-100 writes Spanish, `spa_Latn` how NLLB does. */
const languageToken = /^(?:__([a-z]{2,3})__|([a-z]{3}_[A-Z][a-z]{3}))$/;

async function languageTokensOf(layout: ModelLayout): Promise<Record<string, string>> {
  const tokens: Record<string, string> = {};
  for (const file of ['tokenizer_config.json', 'special_tokens_map.json']) {
    const named = special.safeParse(await readJson(layout, file)).data?.additional_special_tokens ?? [];
    for (const token of named) {
      const [, short, long = short] = languageToken.exec(token) ?? [];
      const language = long && new Intl.Locale(long.replace('_', '-')).minimize().toString();
      // Of a language in two scripts the first keeps the plain name.
      if (language) tokens[language] ??= token;
    }
  }
  return tokens;
}
