export { appUser } from './columns.ts';
export * from './conversations.ts';
export * from './events.ts';
export * from './examples.ts';
export * from './identity.ts';
export * from './knowledge.ts';
export * from './people.ts';
export * from './tenant.ts';
