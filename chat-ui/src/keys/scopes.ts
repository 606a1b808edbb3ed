import type { Scope } from '#contracts';

/** Each scope in the words of someone who has to decide about it. */
export const scopeMeanings: Record<Scope, string> = {
  inference: 'Call the tasks: sentiment, embeddings and what follows',
  chat: 'Hold conversations as a customer',
  agent: 'Work at the desk: read and answer conversations',
  train: 'Bring in data and train models',
  review: 'Label, evaluate and approve models',
  admin: 'Everything, also keys and the audit log',
};

export const scopeNames = Object.keys(scopeMeanings) as Scope[];
