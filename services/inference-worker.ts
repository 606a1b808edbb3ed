import { engines, serveWorker } from '#inference';
import { textKernels } from '#nlp';

serveWorker({ engines, kernels: textKernels });
