import type { TaskRegistry } from '#inference';
import { type Heads, noHeads } from './classic/heads.ts';
import { classifications } from './tasks/classifications.ts';
import { embeddings } from './tasks/embeddings.ts';
import { entities } from './tasks/entities.ts';
import { languages } from './tasks/languages.ts';
import { redactions } from './tasks/redactions.ts';
import { rerank } from './tasks/rerank.ts';
import { sentiment } from './tasks/sentiment.ts';
import { summaries } from './tasks/summaries.ts';
import { translations } from './tasks/translations.ts';

export type { Answer, Conversation } from './kernels/causal.ts';
export { textKernels } from './kernels/index.ts';
export { modelKinds } from './kinds/index.ts';

/** Every text task, by name: one file in `tasks/` and one line here. Classifiers that were trained are found in `heads`. */
export const textTasks = (heads: Heads = noHeads): TaskRegistry => ({
  sentiment,
  classifications: classifications(heads),
  entities,
  redactions,
  summaries,
  translations,
  languages,
  embeddings,
  rerank,
});

export { fakeEmbed, fakeTools } from './chat/fake.ts';
export { type Embed, type IntentIndex, indexIntents } from './chat/intents.ts';
export { languageOf } from './chat/language.ts';
export { fallsSharply } from './chat/mood.ts';
export { recall, type Said } from './chat/recall.ts';
export { handoffReasons } from './chat/replies.ts';
export { type AnswerPart, type ChatTools, respond, type Unanswered } from './chat/respond.ts';
export type { PastTurn, Turn } from './chat/turn.ts';
export { contentWords } from './chat/words.ts';
export { fitThreshold } from './classic/calibration.ts';
export { decodeHead, encodeHead, type Head, probabilitiesOf } from './classic/head.ts';
export type { Heads, TrainedHead } from './classic/heads.ts';
export { type TrainingReport, type TrainingRow, trainHead } from './classic/train.ts';
export { prototypeOf, sayingsOf, zeroShot } from './classic/zero-shot.ts';
export { findEntities } from './entities/find.ts';
export { NameClassifier } from './entities/names/classifier.ts';
export {
  featuresOf,
  sentenceOf,
  type Tag,
  tableRows as nameTableRows,
  tags as nameTags,
} from './entities/names/features.ts';
export {
  bare as bareWord,
  familyNames,
  givenNames,
  listedAs,
  placeNames,
} from './entities/names/gazetteer.ts';
export { namesIn } from './entities/names/recognise.ts';
export { wordsIn } from './entities/names/words.ts';
export { redact, restore } from './entities/redact.ts';
export { evidenceThreshold, fusedRank, type Judged, judge } from './knowledge/evidence.ts';
export {
  type Candidate,
  type IndexedPassage,
  type IndexQuery,
  PassageIndex,
} from './knowledge/passage-index.ts';
export { passageVector } from './knowledge/passage-vector.ts';
export { estimateTokens, type Piece, passagesOf } from './knowledge/passages.ts';
export { oneLine, type Section, SectionBuilder, tableText } from './knowledge/section.ts';
export {
  type Features as SummaryFeatures,
  featuresOf as summaryFeatures,
  salienceOf as summarySalience,
  type Weights as SummaryWeights,
  weights as summaryWeights,
} from './summary/salience.ts';
export { openLanguageDetector } from './text/language.ts';
export { promptOf } from './text/prompt.ts';
