import { join } from 'node:path';
import type { UnusableModel } from '#contracts';
import { ModelCatalogue, ModelStore, readModelDirectory } from '#inference';
import { modelKinds } from '#nlp';
import type { Config } from '../config.ts';

/** The models of this installation, from every source. */
export interface Library {
  catalogue: ModelCatalogue;
  store: ModelStore;
  /** What is in the folders of models and cannot be served. */
  unusable: UnusableModel[];
}

/** Reads the bundled catalogue, then the folder of an operator's own models. */
export async function openLibrary({ root, modelsDir }: Pick<Config, 'root' | 'modelsDir'>): Promise<Library> {
  const bundled = join(root, 'models');
  const { cards } = await ModelCatalogue.read(join(bundled, 'catalogue.json'));
  const own = modelsDir === undefined ? undefined : await readModelDirectory(modelsDir, modelKinds);
  const unusable = [...(own?.unusable ?? [])];
  const taken = new Set(cards.map(({ id }) => id));
  const added = (own?.cards ?? []).filter(({ id }) => {
    if (!taken.has(id)) return true;
    unusable.push({ id, reason: `There is a bundled model ${id}. Give the folder another name.` });
    return false;
  });
  return {
    catalogue: new ModelCatalogue([...cards, ...added]),
    store: new ModelStore({ bundled, ...(modelsDir !== undefined && { dir: modelsDir, remote: modelsDir }) }),
    unusable,
  };
}
