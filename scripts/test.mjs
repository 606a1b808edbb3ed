// `npm test`: the same set-up as `npm start`, then every check. Kept in syntax that an old Node can still parse.
import { requireNode } from './setup/node-version.mjs';

requireNode();
void import('./setup/test.mjs').then((module) => module.test(process.argv.slice(2)));
