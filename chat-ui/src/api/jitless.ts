import { config } from 'zod';

// zod compiles its checks with `new Function`, which the page's content policy forbids. It tries as soon as the first
// object is described, so it has to be told before any contract is loaded: this file is the first that `main.tsx` imports.
config({ jitless: true });
