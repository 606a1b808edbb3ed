// `npm start`: everything a fresh clone needs, then the server. Kept in syntax that an old Node can still parse.
import { requireNode } from './setup/node-version.mjs';

requireNode();
void import('./setup/start.mjs').then((module) => module.start());
