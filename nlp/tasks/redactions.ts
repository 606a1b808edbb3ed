import type { RedactionsResult } from '#contracts';
import { defineTask } from '#inference';
import { redact } from '../entities/redact.ts';
import { entitiesIn, patterns } from './entities.ts';

export const redactions = defineTask({
  name: 'redactions',
  title: 'Redaction',
  description:
    'Takes the entities out of texts: a label, asterisks, or a token for each value with the map that puts them back. Each text of an array is redacted for itself, so the tokens of two texts have nothing to do with each other. A token classifier that is asked for as the model finds the names.',
  models: ['entities'],
  builtIn: patterns,
  async run(texts, { kinds, style }, call): Promise<RedactionsResult[]> {
    const found = await entitiesIn(texts, { kinds }, call);
    return texts.map((text, at) => {
      const entities = found[at] ?? [];
      return { ...redact(text, entities, style), entities };
    });
  },
});
