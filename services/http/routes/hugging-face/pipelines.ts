import {
  featureExtractionRequest,
  ParlanceError,
  sentenceSimilarityRequest,
  textClassificationRequest,
  translationRequest,
} from '#contracts';
import { classesOf } from '../../classes.ts';
import { cosineOf, vectorHeaders, vectorsOf } from '../../vectors.ts';
import { runWhole } from '../../whole-call.ts';
import { definePipeline, type Pipeline, pointerIn } from './pipeline.ts';
import { summarization } from './summarization.ts';
import { tokenClassification } from './token-classification.ts';
import { zeroShotClassification } from './zero-shot-classification.ts';

const textClassification = definePipeline(
  ['sentiment', 'classifications'],
  textClassificationRequest,
  async ({ inputs, parameters }, { inference, model, trained, caller }) => {
    const { top_k, function_to_apply } = parameters ?? {};
    if (function_to_apply && function_to_apply !== 'softmax') {
      const detail = 'The scores are probabilities. Leave `function_to_apply` out.';
      throw ParlanceError.field('/parameters/function_to_apply', detail, 'unsupported');
    }
    const texts = [inputs].flat();
    const call = {
      ...{ texts, pointer: pointerIn(inputs) },
      ...(trained ? { options: { classifier: model } } : { model }),
    };
    const classifies = trained || inference.catalogue.get(model).task === 'classifications';
    const named = classifies ? 'classifications' : 'sentiment';
    const { results } = await runWhole<'sentiment' | 'classifications'>(inference.tasks, named, call, caller);
    // A list of one text's classes also for one text: the official client takes the first entry.
    return { answer: results.map((result) => classesOf(result).slice(0, top_k ?? undefined)) };
  },
);

const featureExtraction = definePipeline(
  ['embeddings'],
  featureExtractionRequest,
  async ({ inputs, encoding_format, ...wishes }, { inference, model, caller }) => {
    if (encoding_format === 'base64') {
      const detail = 'Vectors are lists of numbers here; /v1/embeddings has base64.';
      throw ParlanceError.field('/encoding_format', detail, 'unsupported');
    }
    const call = { texts: [inputs].flat(), model, pointer: pointerIn(inputs) };
    const found = await vectorsOf(inference, call, wishes, caller);
    return { answer: found.vectors, headers: vectorHeaders(found) };
  },
);

const sentenceSimilarity = definePipeline(
  ['embeddings'],
  sentenceSimilarityRequest,
  async ({ inputs: { source_sentence, sentences } }, { inference, model, caller }) => {
    const pointer = (at: number) => (at === 0 ? '/inputs/source_sentence' : `/inputs/sentences/${at - 1}`);
    const call = { texts: [source_sentence, ...sentences], model, pointer };
    const found = await vectorsOf(inference, call, {}, caller);
    const [source = [], ...others] = found.vectors;
    return { answer: others.map((each) => cosineOf(source, each)), headers: vectorHeaders(found) };
  },
);

const translation = definePipeline(
  ['translations'],
  translationRequest,
  async ({ inputs, parameters: { src_lang, tgt_lang } }, { inference, model, caller }) => {
    const options = { target: tgt_lang, ...(src_lang && { source: src_lang }) };
    const call = { texts: [inputs].flat(), model, options, pointer: pointerIn(inputs) };
    const { results } = await runWhole(inference.tasks, 'translations', call, caller);
    return { answer: results.map(({ text }) => ({ translation_text: text })) };
  },
);

/** By the names of Hugging Face. A model without a named pipeline runs the first of its task that takes the body. */
export const pipelines: Record<string, Pipeline> = {
  'zero-shot-classification': zeroShotClassification,
  'text-classification': textClassification,
  'sentence-similarity': sentenceSimilarity,
  'feature-extraction': featureExtraction,
  translation,
  'token-classification': tokenClassification,
  summarization,
};
