import { readFile } from 'node:fs/promises';
import { catalogue, type ModelCard, type ModelTask, ParlanceError } from '#contracts';

/** The models that can be asked for, the bundled ones in the order of their file first; the first of a task is its default. */
export class ModelCatalogue {
  readonly #cards: Map<string, ModelCard>;

  constructor(cards: readonly ModelCard[]) {
    this.#cards = new Map(cards.map((card) => [card.id, card]));
  }

  get cards(): readonly ModelCard[] {
    return [...this.#cards.values()];
  }

  find(id: string): ModelCard | undefined {
    return this.#cards.get(id);
  }

  /** From now on the model of this id is this one. */
  set(card: ModelCard): void {
    this.#cards.set(card.id, card);
  }

  remove(id: string): void {
    this.#cards.delete(id);
  }

  /** Reads and validates `catalogue.json`. */
  static async read(file: string): Promise<ModelCatalogue> {
    return new ModelCatalogue(catalogue.parse(JSON.parse(await readFile(file, 'utf8'))).models);
  }

  /**
   * The named model, or the default: the first one of the first of these tasks.
   * @throws ParlanceError `not_found` for an unknown id, `invalid_input` for a model of another task
   */
  forTask(tasks: readonly ModelTask[], id?: string): ModelCard {
    const usable = tasks.flatMap((task) => this.cards.filter((card) => card.task === task));
    const task = tasks[0];
    const card = id === undefined ? usable[0] : usable.find((each) => each.id === id);
    if (card) return card;
    if (this.cards.some((each) => each.id === id)) {
      throw ParlanceError.field(
        '/model',
        `${id} is not a model for ${task}. Use ${usable.map((each) => each.id).join(' or ')}.`,
      );
    }
    throw ParlanceError.field(
      '/model',
      `There is no model ${id ?? `for ${task}`}. GET /api/v1/models lists what there is.`,
      'not_found',
    );
  }

  isDefault(card: ModelCard): boolean {
    return this.cards.find((each) => each.task === card.task) === card;
  }

  /** @throws ParlanceError `not_found` */
  get(id: string): ModelCard {
    const card = this.find(id);
    if (!card)
      throw new ParlanceError(
        'not_found',
        `There is no model ${id}. GET /api/v1/models lists what there is.`,
      );
    return card;
  }
}
