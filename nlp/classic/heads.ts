import { ParlanceError } from '#contracts';
import type { Head } from './head.ts';

/** A head that can be asked for by name. */
export interface TrainedHead {
  name: string;
  version: number;
  /** Whose embeddings it was trained on. */
  model: { id: string; revision: string };
  head: Head;
}

/** The trained heads of tenants. */
export interface Heads {
  /** @param reference a name for its newest version, or name@version. Throws `not_found`. */
  find(tenant: string, reference: string): Promise<TrainedHead>;
}

/** Where nothing is kept there are none. */
export const noHeads: Heads = {
  async find(_, reference) {
    const detail = `There is no classifier ${reference} here: they are kept by a server. Ask one, or send labels.`;
    throw ParlanceError.field('/options/classifier', detail, 'not_found');
  },
};
