import type { Session } from '../engine.ts';
import type { GenerationConfig } from './config.ts';
import type { Seq2seq } from './decoder.ts';
import { fusedSeq2seq, isFused } from './fused.ts';
import { optimumSeq2seq } from './optimum.ts';

/** A model of an encoder graph and a decoder graph, in whichever layout the decoder is. */
export function openSeq2seq(
  encoder: Session,
  decoder: Session,
  { vocabulary, pad }: GenerationConfig,
): Seq2seq {
  if (isFused(decoder)) return fusedSeq2seq(encoder, decoder, vocabulary, pad);
  const next = decoder.inputNames.includes('use_cache_branch') ? decoder : undefined;
  return optimumSeq2seq({ encoder, first: decoder, next }, vocabulary, pad);
}
