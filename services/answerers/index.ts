import { ParlanceError } from '#contracts';
import type { Answerer } from './answerer.ts';
import { type GroundedParts, groundedAnswerer } from './grounded.ts';
import { type ModelParts, modelAnswerers } from './model.ts';

export type { Answerer, AnswerPiece, AnswerRequest } from './answerer.ts';

/** What can be talked to, by the id that clients name. */
export interface Answerers {
  readonly all: readonly Answerer[];
  /** @throws ParlanceError `not_found` */
  get(id: string): Answerer;
}

/** Everything that answers messages: one line each. */
export function createAnswerers(parts: GroundedParts & ModelParts): Answerers {
  const grounded = groundedAnswerer(parts);
  const everything = () => [grounded, ...modelAnswerers(parts)];
  return {
    get all() {
      return everything();
    },
    get(id) {
      const all = everything();
      const found = all.find((each) => each.id === id);
      if (found) return found;
      const ids = all.map((each) => each.id).join(' or ');
      const detail = `There is no model ${id} to talk to. Use ${ids}.`;
      throw ParlanceError.field('/model', detail, 'not_found');
    },
  };
}
