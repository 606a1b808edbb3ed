// `npm run build`: what `npm start` does before it serves.
import { requireNode } from './setup/node-version.mjs';

requireNode();
void import('./setup/set-up.mjs').then(({ orExplain, setUp }) => orExplain(setUp));
