import type { Session } from '../engine.ts';
import type { GenerationConfig } from './config.ts';
import type { Seq2seq } from './decoder.ts';
import { fusedSeq2seq, isFused } from './fused.ts';
import { optimumSeq2seq } from './optimum.ts';

/**
 * A model of an encoder graph and a decoder graph, in whichever layout the decoder is.
 * @param next the decoder that goes on from a cache, where it is a graph of its own
 */
export function openSeq2seq(
  encoder: Session,
  decoder: Session,
  { vocabulary, pad }: GenerationConfig,
  next: Session | undefined = decoder.inputNames.includes('use_cache_branch') ? decoder : undefined,
): Seq2seq {
  if (isFused(decoder)) return fusedSeq2seq(encoder, decoder, vocabulary, pad);
  return optimumSeq2seq({ encoder, first: decoder, next }, vocabulary, pad);
}
