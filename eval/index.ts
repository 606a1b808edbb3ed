export { type Proportion, proportion } from './metrics/proportion.ts';
export { placeOf, type Ranked, recallAt } from './retrieval/recall.ts';
export { refusedBelow, thresholdFor } from './retrieval/refusal.ts';
export { type Split, splitParagraphs } from './retrieval/split.ts';
export { type Paragraphs, readParagraphs } from './retrieval/xquad.ts';
