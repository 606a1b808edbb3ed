export { type Config, loadConfig } from './config.ts';
export { createServices, type Seams, type Services } from './container.ts';
export { FileJournal } from './evaluation/journal-file.ts';
export { createApp } from './http/app.ts';
export { createInference } from './inference.ts';
export { type Running, serve } from './serve.ts';
