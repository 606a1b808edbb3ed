import type { Role, Scope } from '#contracts';

/** Each role in the words of someone who has to decide about it. */
export const roleMeanings: Record<Role, string> = {
  agent: 'Works at the desk: reads conversations and answers them',
  reviewer: 'Labels, evaluates and approves models',
  trainer: 'Brings in data and trains models',
  admin: 'Everything, also people, keys and the knowledge base',
};

export const roleNames: Record<Role, string> = {
  agent: 'Agent',
  reviewer: 'Reviewer',
  trainer: 'Trainer',
  admin: 'Admin',
};

/** Whom a scope belongs to, for those who are told they are not among them. */
export const scopeHolders: Record<Scope, string> = {
  inference: 'people who work here',
  chat: 'customers and agents',
  agent: 'agents',
  train: 'trainers',
  review: 'reviewers',
  admin: 'admins',
};
