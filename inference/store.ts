import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type ModelCard, type ModelFile, ParlanceError } from '#contracts';
import { sha256Of } from './cards/pin.ts';
import { bodyOfReadme } from './cards/readme.ts';

/** Absolute folders, each with one folder for a model of that source: its id, and of pulled ones the revision below it. */
export type ModelRoots = Partial<Record<ModelCard['source'], string>>;

/** Where model files are, and whether they are the ones the catalogue means. */
export class ModelStore {
  readonly #roots: ModelRoots;

  constructor(roots: ModelRoots) {
    this.#roots = roots;
  }

  /** Absolute folder of a model's files. */
  folder({ id, source, revision }: Pick<ModelCard, 'id' | 'source' | 'revision'>): string {
    const root = this.#roots[source];
    if (root === undefined) throw new ParlanceError('internal', `There is no folder for ${source} models.`);
    return source === 'hub' ? join(root, id, revision) : join(root, id);
  }

  /** Bytes on disk, by the catalogue. */
  size(card: ModelCard): number {
    return card.files.reduce((sum, file) => sum + file.size, 0);
  }

  /** The model card in Markdown; empty when the model has none. */
  async cardText(card: ModelCard): Promise<string> {
    if (!card.card) return '';
    const file = join(this.folder(card), card.card);
    const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return '';
      throw error;
    });
    return bodyOfReadme(text);
  }

  /**
   * Compares every file with the size and sha256 in the catalogue.
   * @throws ParlanceError `model_unavailable` naming the first file that differs
   */
  async verify(card: ModelCard): Promise<void> {
    await Promise.all(card.files.map((file) => this.#verifyFile(card, file)));
  }

  async #verifyFile(card: ModelCard, file: ModelFile): Promise<void> {
    const path = join(this.folder(card), file.path);
    const { size } = await stat(path).catch((cause) => {
      throw damaged(card, file, 'is missing', cause);
    });
    if (size !== file.size) throw damaged(card, file, `has ${size} bytes instead of ${file.size}`);
    if ((await sha256Of(path)) !== file.sha256)
      throw damaged(card, file, 'does not have the catalogued sha256');
  }
}

function damaged(card: ModelCard, file: ModelFile, what: string, cause?: unknown): ParlanceError {
  const remedy = remedies[card.source] ?? 'Restore it.';
  return new ParlanceError('model_unavailable', `${file.path} of model ${card.id} ${what}. ${remedy}`, {
    cause,
  });
}

const remedies: Partial<Record<ModelCard['source'], string>> = {
  hub: 'Pull it again with `parlance models pull`.',
  bundled: 'Restore it from the release, or run `parlance models verify` for the whole list.',
};
