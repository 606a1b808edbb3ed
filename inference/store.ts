import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { type ModelCard, type ModelFile, ParlanceError } from '#contracts';

/** Where model files are, and whether they are the ones the catalogue means. */
export class ModelStore {
  readonly #root: string;

  /** @param root absolute path of the folder with one folder per bundled model */
  constructor(root: string) {
    this.#root = root;
  }

  /** Absolute folder of a model's files. */
  folder(card: ModelCard): string {
    return join(this.#root, card.id);
  }

  /** Bytes on disk, by the catalogue. */
  size(card: ModelCard): number {
    return card.files.reduce((sum, file) => sum + file.size, 0);
  }

  /** The model card in Markdown; empty when the model has none. */
  async cardText(card: ModelCard): Promise<string> {
    if (!card.card) return '';
    return readFile(join(this.folder(card), card.card), 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return '';
      throw error;
    });
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
    const hash = createHash('sha256');
    await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash);
    if (hash.digest('hex') !== file.sha256) throw damaged(card, file, 'does not have the catalogued sha256');
  }
}

function damaged(card: ModelCard, file: ModelFile, what: string, cause?: unknown): ParlanceError {
  const remedy = 'Restore it from the release, or run `parlance models verify` for the whole list.';
  return new ParlanceError('model_unavailable', `${file.path} of model ${card.id} ${what}. ${remedy}`, {
    cause,
  });
}
