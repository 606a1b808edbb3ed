import { summarizationRequest } from '#contracts';
import { runWhole } from '../../whole-call.ts';
import { definePipeline, pointerIn } from './pipeline.ts';

/** A summary in a model's own words, or by the sentences of the text where the model is one of embeddings. */
export const summarization = definePipeline(
  ['summaries', 'embeddings'],
  summarizationRequest,
  async ({ inputs }, { inference, model, caller }) => {
    const call = { texts: [inputs].flat(), model, pointer: pointerIn(inputs) };
    const { results } = await runWhole(inference.tasks, 'summaries', call, caller);
    return { answer: results.map(({ text }) => ({ summary_text: text })) };
  },
);
