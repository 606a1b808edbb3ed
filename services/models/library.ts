import { join } from 'node:path';
import type { ModelCard, UnusableModel } from '#contracts';
import { ModelCatalogue, ModelStore, readModelDirectory } from '#inference';
import { modelKinds } from '#nlp';
import type { Config } from '../config.ts';
import { readPulled } from './cache.ts';

/** The models of this installation, from every source. */
export interface Library {
  catalogue: ModelCatalogue;
  store: ModelStore;
  /** What is in the folders of models and cannot be served. */
  unusable: UnusableModel[];
}

export type LibrarySettings = Pick<Config, 'root' | 'modelsDir' | 'cacheDir'>;

/** Reads the bundled catalogue, then the folder of an operator's own models, then what was pulled. Of one name the first counts. */
export async function openLibrary({ root, modelsDir, cacheDir }: LibrarySettings): Promise<Library> {
  const bundled = join(root, 'models');
  const { cards } = await ModelCatalogue.read(join(bundled, 'catalogue.json'));
  const own = modelsDir === undefined ? undefined : await readModelDirectory(modelsDir, modelKinds);
  const pulled = await readPulled(cacheDir);
  const unusable = [...(own?.unusable ?? []), ...pulled.unusable];
  const catalogue = new ModelCatalogue(cards);
  for (const card of [...(own?.cards ?? []), ...pulled.cards]) {
    const other = catalogue.find(card.id);
    if (other) unusable.push(hidden(card, other));
    else catalogue.set(card);
  }
  const roots = {
    ...{ bundled, hub: cacheDir },
    ...(modelsDir !== undefined && { dir: modelsDir, remote: modelsDir }),
  };
  return { catalogue, store: new ModelStore(roots), unusable };
}

const hidden = ({ id, source }: ModelCard, other: ModelCard): UnusableModel => ({
  id,
  reason: `There is a model ${id} from ${other.source} already; this one is from ${source}. Remove or rename one of them.`,
});
