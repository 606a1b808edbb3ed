import { type ModelCard, type ModelTask, modelCard } from '#contracts';

/** A card of ours beside a model's files: it may say everything, or only what the files do not or get wrong. */
export const cardFile = 'parlance.json';
export const ownCard = modelCard.partial();
export type OwnCard = ReturnType<typeof ownCard.parse>;

/** A card before its files are pinned; of a model that has none here the revision is what its card says. */
export type DerivedCard = Omit<ModelCard, 'revision' | 'files'> & { revision?: string };

/** What a model is taken for before its files are looked at. */
export interface AboutModel {
  id: string;
  source: ModelCard['source'];
  task?: ModelTask | undefined;
}
